import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';
import { hello, rawClient } from './raw-client.ts';
import { serveRunner } from './served-runner.ts';

const line = (value: unknown) => `${JSON.stringify(value)}\n`;

test('a screen is greeted, then told of the WebUI once, then sent snapshots without it', async () => {
  const { loop, path } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  loop.publish({ at: 1 });
  await waitFor(() => client.lines().length === 4);
  expect(client.lines().map(({ type }) => type)).toEqual(['hello', 'webui', 'snapshot', 'snapshot']);
  expect(client.lines()[0]).toMatchObject({ version: '1.0.0', pid: process.pid });
  expect(client.lines()[3]?.snapshot).not.toHaveProperty('webUi');
  loop.publish({ webUi: { ...exampleSnapshot().webUi, version: 'next' } as never });
  await waitFor(() => client.lines().filter(({ type }) => type === 'webui').length === 2);
});

test('what came with the greeting is in the first snapshot', async () => {
  const { path } = await serveRunner();
  const view = line({ type: 'view', request: { firstIndex: 40, count: 20, filter: '' } });
  const client = rawClient(path(), hello + view);
  expect(await client.message('snapshot')).toMatchObject({ snapshot: { files: { firstIndex: 40 } } });
});

test('a command is confirmed once the loop has it, and gets one snapshot', async () => {
  const { loop, path } = await serveRunner();
  const client = rawClient(path(), hello.replace('screen', 'command'));
  await client.message('snapshot');
  client.socket.write(line({ type: 'command', id: 7, command: { type: 'stop', now: true } }));
  expect(await client.message('done')).toEqual({ type: 'done', id: 7 });
  expect(loop.commands).toEqual([{ type: 'stop', now: true }]);
  for (let at = 1; at < 10; at++) loop.publish({ at });
  client.socket.write(line({ type: 'connect', id: 8, url: 'http://10.0.0.2:7860', auth: 'me:secret' }));
  await waitFor(() => client.lines().some(({ id }) => id === 8));
  expect(loop.addresses).toEqual([{ url: 'http://10.0.0.2:7860', auth: 'me:secret' }]);
  expect(client.lines().filter(({ type }) => type === 'snapshot')).toHaveLength(1);
});

test('nothing is made for nobody, and a client that left is no client', async () => {
  const { loop, path, clientCount } = await serveRunner();
  loop.publish({ at: 1 });
  expect(loop.takenCount()).toBe(0);
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  expect(loop.roles).toEqual(['screen']);
  client.socket.destroy();
  await waitFor(() => clientCount() === 0);
  const before = loop.takenCount();
  loop.publish({ at: 2 });
  expect(loop.takenCount()).toBe(before);
  expect(loop.roles).toEqual([]);
});

test('the 65th client is sent away, and may come when another has left', async () => {
  const { path, clientCount } = await serveRunner();
  const clients = Array.from({ length: 64 }, () => rawClient(path(), hello));
  await Promise.all(clients.map((client) => client.message('snapshot')));
  expect(await rawClient(path(), hello).ended()).toMatchObject({ type: 'end', kind: 'too-many-clients' });
  clients[0]?.socket.destroy();
  await waitFor(() => clientCount() === 63);
  await rawClient(path(), hello).message('snapshot');
});

test('a screen of another version is told both versions and what to do', async () => {
  const { path } = await serveRunner();
  const end = await rawClient(path(), hello.replace('1.0.0', '2.0.0')).ended();
  expect(end).toMatchObject({ kind: 'other-version' });
  expect(end.reason).toMatch(/1\.0\.0.*2\.0\.0.*sdloop stop/);
});

test('a program of any version and protocol may stop the loop, but not start anything', async () => {
  const { loop, path } = await serveRunner();
  const other = line({ type: 'hello', protocol: 99, version: '9.0.0', role: 'command', more: true });
  const client = rawClient(path(), other);
  await client.message('hello');
  client.socket.write(line({ type: 'command', id: 1, command: { type: 'stop', now: false } }));
  await client.message('done');
  expect(loop.commands).toEqual([{ type: 'stop', now: false }]);
  client.socket.write(line({ type: 'command', id: 2, command: { type: 'refresh' } }));
  expect(await client.ended()).toMatchObject({ kind: 'other-version' });
  expect(loop.commands).toHaveLength(1);
});

test('when the loop ends every client gets the last snapshot and the reason', async () => {
  const { loop, path, end } = await serveRunner();
  const clients = [rawClient(path(), hello), rawClient(path(), hello)];
  await Promise.all(clients.map((client) => client.message('snapshot')));
  loop.publish({ status: { kind: 'stopped', reason: 'asked' } });
  await end('The loop was stopped.');
  for (const client of clients) {
    expect(await client.ended()).toMatchObject({ kind: 'loop-ended', reason: 'The loop was stopped.' });
    expect(client.lines().at(-2)).toMatchObject({ snapshot: { status: { kind: 'stopped' } } });
  }
});

test('a client that asked for no previews is sent none, nor anything in their place', async () => {
  const { loop, path, sockets } = await serveRunner();
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  const wanting = rawClient(path(), hello + line({ type: 'want-preview', isWanted: true }));
  await waitFor(() => loop.wishCount() === 1);
  await wanting.message('snapshot');
  const before = sockets[0]?.bytesWritten;
  const snapshotCount = wanting.lines().filter(({ type }) => type === 'snapshot').length;
  const preview = { generationId: 7, at: 5, bytes: new Uint8Array([1, 2, 3]) };
  loop.showPreview(preview);
  expect(await wanting.message('preview')).toEqual({
    type: 'preview',
    preview: { generationId: 7, at: 5, image: 'AQID' },
  });
  loop.showPreview(null);
  await waitFor(() => wanting.lines().some((each) => each.type === 'preview' && each.preview === null));
  expect(sockets[0]?.bytesWritten).toBe(before);
  expect(wanting.lines().filter(({ type }) => type === 'snapshot')).toHaveLength(snapshotCount);
  wanting.socket.destroy();
  await waitFor(() => loop.wishCount() === 0);
});

test('a command is told once what there is, so it wants no previews', async () => {
  const { loop, path } = await serveRunner();
  const pause = line({ type: 'command', id: 1, command: { type: 'pause' } });
  const command = hello.replace('screen', 'command') + line({ type: 'want-preview', isWanted: true }) + pause;
  await rawClient(path(), command).message('done');
  expect(loop.wishCount()).toBe(0);
});
