import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { startProgram } from '../helpers/run-cli.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { hello, rawClient } from './raw-client.ts';
import { serveRunner } from './served-runner.ts';

const screenMain = resolve(import.meta.dirname, 'screen-main.ts');

/** Longer than what a snapshot of the example takes, with the WebUI's lists before it, bytes. */
const oneSnapshot = 60_000;

test('a client that reads nothing holds one snapshot at most, and gets the newest when it reads again', async () => {
  const { loop, path, sockets } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  client.socket.pause();
  const good = rawClient(path(), hello);
  await good.message('snapshot');
  let mostHeld = 0;
  for (let at = 1; at <= 200; at++) {
    loop.publish({ at });
    await waitFor(() => good.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === at));
    mostHeld = Math.max(mostHeld, sockets[0]?.writableLength ?? 0);
  }
  expect(mostHeld).toBeGreaterThan(0);
  expect(mostHeld).toBeLessThan(oneSnapshot);
  // Those for the client that reads, and few for the other: what nobody takes is not made.
  expect(loop.takenCount()).toBeLessThan(200 + 50);
  client.socket.resume();
  await waitFor(() => client.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === 200));
});

test('previews that a client does not read are not held for it, and it gets the newest when it reads again', async () => {
  const { loop, path, sockets } = await serveRunner();
  const client = rawClient(path(), `${hello}{"type":"want-preview","isWanted":true}\n`);
  await client.message('snapshot');
  await waitFor(() => loop.wishCount() === 1);
  client.socket.pause();
  const bytes = new Uint8Array(500_000);
  let mostHeld = 0;
  for (let at = 1; at <= 100; at++) {
    loop.showPreview({ generationId: 1, at, bytes });
    await new Promise((resolve) => setImmediate(resolve));
    mostHeld = Math.max(mostHeld, sockets[0]?.writableLength ?? 0);
  }
  expect(mostHeld).toBeGreaterThan(bytes.length);
  expect(mostHeld).toBeLessThan(oneSnapshot + 1.5 * bytes.length);
  client.socket.resume();
  const newest = await waitFor(() =>
    client.lines().find(({ preview }) => (preview as { at?: number } | undefined)?.at === 100),
  );
  expect(newest).toMatchObject({ type: 'preview', preview: { generationId: 1 } });
  expect(client.lines().filter(({ type }) => type === 'preview').length).toBeLessThan(10);
});

test('a slow client still gets the last snapshot and the reason when the loop ends', async () => {
  const { loop, path, sockets, end } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  client.socket.pause();
  await waitFor(() => {
    loop.publish({ at: 1 });
    return (sockets[0]?.writableLength ?? 0) > 0;
  });
  loop.publish({ at: 999 });
  const ended = end('The loop was stopped.');
  client.socket.resume();
  expect(await client.ended()).toMatchObject({ kind: 'loop-ended' });
  expect(client.lines().at(-2)).toMatchObject({ snapshot: { at: 999 } });
  await ended;
});

test('a client that is stopped for good does not hold up the end', async () => {
  const { loop, path, sockets, clientCount, end } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  client.socket.pause();
  await waitFor(() => {
    loop.publish({ at: 1 });
    return (sockets[0]?.writableLength ?? 0) > 0;
  });
  const startedAt = performance.now();
  await end('The loop was stopped.');
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(clientCount()).toBe(0);
});

test('a stopped screen costs nothing and is up to date as soon as it goes on', async () => {
  const { loop, sockets, stateDirectory } = await serveRunner();
  await using screen = startProgram(process.execPath, [screenMain, stateDirectory]);
  await screen.waitForLine((line) => line === 'joined');
  screen.kill('SIGSTOP');
  const before = loop.takenCount();
  for (let at = 1; at <= 300; at++) {
    loop.publish({ at });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(loop.takenCount() - before).toBeLessThan(100);
  expect(sockets[0]?.writableLength).toBeLessThan(oneSnapshot);
  screen.kill('SIGCONT');
  expect(await screen.waitForLine((line) => line === '300')).toBe('300');
});
