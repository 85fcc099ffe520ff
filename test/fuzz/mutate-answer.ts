import { gzipSync } from 'node:zlib';
import type { Capture } from '../webui/capture.ts';
import { below, type Chance, hostileText, mutateBytes, pick } from './mutate.ts';
import { mutateJson } from './mutate-json.ts';

/** What a server writes for an answer, and what it does then. */
export type WireAnswer = {
  readonly bytes: Buffer;
  /** `stall` says nothing more without an end; `drip` writes a byte at a time. */
  readonly ending: 'keep' | 'close' | 'reset' | 'stall' | 'drip';
};

/** An answer as it was captured. */
export function plainAnswer({ status, contentType, body }: Capture): WireAnswer {
  return write(status, [`content-type: ${contentType}`], Buffer.from(body));
}

/** A captured answer with something wrong: in its JSON, its bytes, its status, its headers, or in how it is sent. */
export function mutateAnswer(capture: Capture, chance: Chance): WireAnswer {
  const body = mutateBody(capture.body, chance);
  const status = chance() < 0.2 ? pick(statuses, chance) : capture.status || 200;
  const way = chance();
  if (way < 0.6) return write(status, [headerOf(capture, chance)], body);
  if (way < 0.95) return pick(lies, chance)(status, body, chance);
  const { bytes } = write(status, [headerOf(capture, chance)], body);
  if (way < 0.99)
    return { bytes: mutateBytes(bytes, chance), ending: pick(['keep', 'close', 'reset'], chance) };
  return { bytes: bytes.subarray(0, below(bytes.length, chance)), ending: pick(['stall', 'drip'], chance) };
}

const statuses = [
  200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 405, 407, 408, 413, 418, 422, 429, 500, 501,
  502, 503, 504, 524, 599, 999,
];

function mutateBody(body: string, chance: Chance): Buffer {
  const way = chance();
  if (way < 0.7) return Buffer.from(mutateJson(body, chance));
  if (way < 0.9) return mutateBytes(Buffer.from(body), chance);
  return Buffer.from(pick(otherBodies, chance));
}

const otherBodies = [
  '',
  'null',
  '[]',
  '{}',
  '"text"',
  '<!doctype html><title>502 Bad Gateway</title>',
  `<html><title>${hostileText}</title>`,
  `${hostileText}\n${'x'.repeat(3000)}`,
  '\ufeff{}',
  '['.repeat(100_000),
  JSON.stringify({ error: hostileText, errors: hostileText.repeat(400), detail: [] }),
  JSON.stringify({ detail: [{ loc: ['body', hostileText], msg: hostileText, type: 'x' }] }),
];

function headerOf({ contentType }: Capture, chance: Chance): string {
  return chance() < 0.9 ? `content-type: ${contentType}` : pick(oddHeaders, chance);
}

const oddHeaders = [
  'content-type: text/html; charset=utf-99',
  'content-type: image/png',
  'x: y',
  'retry-after: 1e309',
  `retry-after: ${'9'.repeat(400)}`,
  'retry-after: Thu, 99 Foo 2026',
  'location: https://elsewhere.example/x?token=1',
  'location: //[',
  'set-cookie: a=b',
  'www-authenticate: Basic realm="\u009b31m"',
];

type Lie = (status: number, body: Buffer, chance: Chance) => WireAnswer;

const lies: readonly Lie[] = [
  // Lengths that are not the body's.
  (status, body, chance) =>
    write(
      status,
      [],
      body,
      `content-length: ${pick([0, 1, body.length + 9, 2 ** 40, -5, 'x'], chance)}`,
      'close',
    ),
  (status, body) => write(status, [], body, `content-length: ${body.length}\r\ncontent-length: 3`, 'close'),
  (status, body) => write(status, [], body, 'x-no-length: 1', 'close'),
  // Chunks that are none.
  (status, body, chance) =>
    write(
      status,
      [],
      Buffer.from(pick(chunkings, chance)(body.toString('latin1')), 'latin1'),
      chunked,
      'close',
    ),
  (status, body) => write(status, [], body, `${chunked}\r\ncontent-length: ${body.length}`, 'close'),
  // Compression that was not asked for, or is none, or a bomb.
  (status, body) => write(status, ['content-encoding: gzip'], body),
  (status, body) => write(status, ['content-encoding: gzip'], gzipSync(body)),
  (status) => write(status, ['content-encoding: gzip'], bomb),
  (status, body) => write(status, ['content-encoding: br, gzip, br, gzip, br'], body),
  (status, body) => write(status, [`content-encoding: ${'deflate, '.repeat(500)}`], body),
  // Headers without end or sense.
  (status, body) => write(status, [`x-long: ${'y'.repeat(100_000)}`], body),
  (status, body) =>
    write(
      status,
      Array.from({ length: 3000 }, (_, index) => `x-${index}: 1`),
      body,
    ),
  (status, body) => write(status, ['bad header line', ': no name', `x: ${hostileText}`], body),
  // Something else than one answer.
  (status, body) => ({ bytes: Buffer.concat([write(status, [], body).bytes, body]), ending: 'keep' }),
  (_, body) => ({ bytes: body, ending: 'close' }),
  () => ({ bytes: Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(50)), ending: 'close' }),
  () => ({
    bytes: Buffer.from('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ending: 'close',
  }),
  () => ({ bytes: Buffer.from('HTTP/9.9 200 OK\r\n\r\n{}'), ending: 'close' }),
  () => ({ bytes: Buffer.alloc(0), ending: 'reset' }),
];

const chunked = 'transfer-encoding: chunked';

const chunkings: readonly ((body: string) => string)[] = [
  (body) => `${body.length.toString(16)}\r\n${body}\r\n`,
  (body) => `ffffffffffffffff\r\n${body}\r\n0\r\n\r\n`,
  (body) => `-1\r\n${body}\r\n0\r\n\r\n`,
  (body) => `${body}\r\n`,
  (body) => `3;${'e=x;'.repeat(5000)}\r\n${body.slice(0, 3)}\r\n0\r\nx: y\r\n\r\n`,
];

/** 16 MB of blanks in 16 kB. */
const bomb = gzipSync(Buffer.alloc(1 << 24, ' '));

function write(
  status: number,
  headers: readonly string[],
  body: Buffer,
  length = `content-length: ${body.length}`,
  ending: WireAnswer['ending'] = 'keep',
): WireAnswer {
  const head = [`HTTP/1.1 ${status} Said`, ...headers, length].join('\r\n');
  return { bytes: Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]), ending };
}
