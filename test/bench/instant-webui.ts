import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A WebUI that diffuses nothing: each generation is answered with the images of the first, under its own seeds. */
export type InstantWebUi = Disposable & {
  readonly url: string;
  /** When a generation with this first seed came in, ms since epoch. */
  readonly arrivals: ReadonlyMap<number, number>;
  /** How long a generation takes from now on, ms. */
  take(durationMs: number): void;
};

/** Stands before a built-in WebUI, which answers everything else. */
export async function openInstantWebUi(target: string): Promise<InstantWebUi> {
  const arrivals = new Map<number, number>();
  let durationMs = 0;
  let first: Promise<{ images: string[]; info: Record<string, unknown> }> | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function generate(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const asked = JSON.parse(body);
    arrivals.set(asked.seed, Date.now());
    first ??= firstAnswer(target, body);
    const { images, info } = await first;
    const own = turn.then(() => (durationMs > 0 ? delay(durationMs) : undefined));
    turn = own;
    await own;
    const seeds = images.map((_, index) => asked.seed + index);
    const answer = {
      images,
      parameters: asked,
      info: JSON.stringify({ ...info, all_seeds: seeds, seed: asked.seed }),
    };
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(answer));
  }

  const server = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    if (url === '/sdapi/v1/txt2img') {
      void generate(incoming, outgoing);
      return;
    }
    const passed = request(target + url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    take(ms) {
      durationMs = ms;
    },
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function firstAnswer(target: string, body: string) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${target}/sdapi/v1/txt2img`, { method: 'POST', headers, body });
  const { images, info } = (await answer.json()) as { images: string[]; info: string };
  return { images, info: JSON.parse(info) };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
