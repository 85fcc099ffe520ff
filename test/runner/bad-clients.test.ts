import { expect, test } from 'vitest';
import { clientLineLimit } from '../../source/connection/protocol.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { hello, rawClient } from './raw-client.ts';
import { serveRunner } from './served-runner.ts';

const plan = { checkpoint: 'a', parameters: {}, seed: { kind: 'random' }, goal: null };

test.for([
  ['garbage', '\u0000\u001b[2J garbage\n'],
  ['an HTTP request', 'GET / HTTP/1.1\r\n\r\n'],
  ['something else than a greeting', '{"type":"view","request":{"firstIndex":0,"count":1,"filter":""}}\n'],
  ['a second greeting', hello + hello],
  ['an unknown message', `${hello}{"type":"explode"}\n`],
  ['a list', `${hello}[]\n`],
  [
    'a plan without parameters',
    `${hello}${JSON.stringify({ type: 'command', id: 1, command: { type: 'start', plan } })}\n`,
  ],
  [
    'an address with a password in it',
    `${hello}{"type":"connect","id":1,"url":"http://a:b@host","auth":null}\n`,
  ],
  ['a wish that is none', `${hello}{"type":"want-preview","isWanted":1}\n`],
  ['too many rows', `${hello}{"type":"view","request":{"firstIndex":0,"count":1e9,"filter":""}}\n`],
] as const)('%s closes the connection with a reason, and the other one goes on', async ([, bytes]) => {
  const { loop, path } = await serveRunner();
  const good = rawClient(path(), hello);
  await good.message('snapshot');
  const end = await rawClient(path(), bytes).ended();
  expect(end).toMatchObject({ type: 'end', kind: 'bad-message' });
  expect(loop.commands).toEqual([]);
  loop.publish({ at: 77 });
  await waitFor(() => good.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === 77));
});

test.for([
  ['says nothing', ''],
  ['sends half a greeting', hello.slice(0, 20)],
  ['sends half a line after it', `${hello}{"type":"comm`],
] as const)('one that %s is closed in time', async ([, bytes]) => {
  const { path, clientCount } = await serveRunner({ patienceMs: 100 });
  const end = await rawClient(path(), bytes).ended();
  expect(end).toMatchObject({ type: 'end', kind: 'bad-message', reason: expect.stringContaining('in time') });
  await waitFor(() => clientCount() === 0);
});

test('one that has greeted may be silent for as long as it likes', async () => {
  const { loop, path, clientCount } = await serveRunner({ patienceMs: 30 });
  const quiet = rawClient(path(), hello);
  await quiet.message('snapshot');
  // Comes after the first one's time would have been over.
  await rawClient(path()).ended();
  loop.publish({ at: 5 });
  await waitFor(() => quiet.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === 5));
  expect(clientCount()).toBe(1);
});

test('100 MB without an end of line are not read beyond the limit', async () => {
  const { path, sockets } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  const chunk = Buffer.alloc(1 << 20, 'a');
  for (let count = 0; count < 100; count++) client.socket.write(chunk);
  expect(await client.ended()).toMatchObject({
    kind: 'bad-message',
    reason: expect.stringContaining('longer'),
  });
  // What the system gave in one go comes on top of it.
  expect(sockets[0]?.bytesRead).toBeLessThan(1.5 * clientLineLimit);
});

test('one that asks without reading the answers is not read any more either', async () => {
  const { loop, path, sockets } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  client.socket.pause();
  const question = '{"type":"command","id":1,"command":{"type":"retry-now"}}\n'.repeat(1000);
  const questionCount = 100_000;
  for (let count = 0; count < questionCount; count += 1000) client.socket.write(question);
  await waitFor(() => sockets[0]?.isPaused() && sockets[0].writableLength > 0);
  const good = rawClient(path(), hello);
  for (let at = 1; at <= 50; at++) {
    loop.publish({ at });
    await waitFor(() => good.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === at));
  }
  expect(loop.commands.length).toBeLessThan(questionCount);
  expect(sockets[0]?.writableLength).toBeLessThan(200_000);
  client.socket.resume();
  await waitFor(() => loop.commands.length === questionCount, { timeoutMs: 20_000 });
});
