import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One exchange of a real server, as the files in `test/captures/` tell it. */
export type Capture = {
  /** `GET /sdapi/v1/options` */
  readonly request: string;
  /** What was sent with it. */
  readonly sent: string;
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** The sizes of the images in the body, such as `64x64`. */
  readonly imageSizes: readonly string[];
};

/** Reads the exchanges of a file such as `forge/38-txt2img-basic`, in order. */
export function readCaptures(name: string): Capture[] {
  const exchanges = readText(name)
    .split(/^--- request\n/m)
    .slice(1);
  return exchanges.map((exchange) => {
    const [, request = '', sent = ''] =
      /^(\S+ \S+) HTTP.*?\n\n(.*?)\n?--- (?:response|NO)/s.exec(exchange) ?? [];
    const [, status = '0', headers = '', rest = ''] =
      /\n--- response [^\n]*\n(\d+)(.*?)\n\n(.*)$/s.exec(exchange) ?? [];
    const body = rest.split(/^--- /m)[0] ?? '';
    return {
      request,
      sent,
      status: Number(status),
      contentType: /^content-type: (.*)$/im.exec(headers)?.[1] ?? '',
      body: body.replace(/^\[not JSON, \d+ bytes\] /, ''),
      imageSizes: [...rest.matchAll(/^--- image\[\d+\] \{"size": "(\d+x\d+)"/gm)].map(
        ([, size = '']) => size,
      ),
    };
  });
}

/** A GET with its answer, as if it had been captured. */
export function madeUp(path: string, body: unknown, status = 200): Capture {
  return {
    request: `GET ${path}`,
    sent: '',
    status,
    contentType: 'application/json',
    body: JSON.stringify(body),
    imageSizes: [],
  };
}

export function readCapture(name: string): Capture {
  const capture = readCaptures(name).at(-1);
  if (!capture) throw new Error(`No exchange in the capture ${name}`);
  return capture;
}

/** The JSON of each poll in a file of many, such as `forge/80-progress-during`, but those whose preview the file cuts off. */
export function readPolls(name: string): unknown[] {
  return [...readText(name).matchAll(/^t=.*? 200 in \S+ +(\{.*\})$/gm)].map(([, json = '']) =>
    JSON.parse(json),
  );
}

function readText(name: string): string {
  return readFileSync(join(import.meta.dirname, '../captures', `${name}.txt`), 'utf8');
}
