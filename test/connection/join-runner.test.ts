import { mkdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deliverCommand } from '../../source/connection/deliver-command.ts';
import { type JoinedConnection, type JoinOptions, joinRunner } from '../../source/connection/join-runner.ts';
import type { RunnerPointer } from '../../source/connection/runner-pointer.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { type ServedRunner, serveRunner } from '../runner/served-runner.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

async function joined(options: JoinOptions): Promise<JoinedConnection> {
  const outcome = await joinRunner(options);
  if (!outcome.ok) throw new Error(outcome.reason);
  onTestFinished(() => outcome.connection.close());
  return outcome.connection;
}

/** Something that takes connections and does as it is told with them. */
async function impostor(act: (socket: Socket) => void): Promise<RunnerPointer> {
  const directory = join(tempDirectoryInTest(), 'run');
  mkdirSync(directory, { mode: 0o700 });
  const socketPath = join(directory, 'default.sock');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    act(socket);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => void server.close());
  return { pid: 4242, socketPath, version: '1.0.0', startedAt: 0 };
}

const kindOf = async (runner: ServedRunner, changes: Partial<JoinOptions>) => {
  const outcome = await joinRunner(runner.joining(changes));
  return outcome.ok ? 'joined' : outcome.kind;
};

test('two screens see the same loop, each with its own window on the files, and either may act', async () => {
  const runner = await serveRunner();
  const view = (firstIndex: number) => ({ firstIndex, count: 20, filter: '' });
  const one = await joined(runner.joining({ view: view(0) }));
  const two = await joined(runner.joining({ view: view(60) }));
  expect(one.getSnapshot()).toEqual(exampleSnapshot());
  expect(two.getSnapshot().files.firstIndex).toBe(60);
  expect(one.getSnapshot()).toBe(one.getSnapshot());
  let told = 0;
  two.subscribe(() => told++);
  runner.loop.publish({ status: { kind: 'pausing' } });
  await waitFor(() => [one, two].every((screen) => screen.getSnapshot().status.kind === 'pausing'));
  expect(told).toBe(1);
  expect(two.getSnapshot().webUi).toEqual(exampleSnapshot().webUi);
  expect(await two.deliver({ type: 'pause' })).toEqual({ kind: 'done' });
  runner.loop.refused = 'skip';
  expect(await two.deliver({ type: 'skip' })).toEqual({ kind: 'refused', reason: 'It takes no skip.' });
  one.connect({ url: 'http://127.0.0.1:7861', auth: 'a:b' });
  one.send({ type: 'resume' });
  await waitFor(() => runner.loop.commands.length === 2);
  expect(runner.loop.commands.map(({ type }) => type)).toEqual(['pause', 'resume']);
  expect(runner.loop.addresses).toEqual([{ url: 'http://127.0.0.1:7861', auth: 'a:b' }]);
  two.close();
  await waitFor(() => runner.clientCount() === 1);
  expect(one.getLink()).toEqual({ kind: 'live' });
});

test('a filter that was pasted by mistake does not end the connection', async () => {
  const runner = await serveRunner();
  const screen = await joined(runner.joining());
  screen.view({ firstIndex: 0, count: 1e6, filter: 'x'.repeat(1e5) });
  expect(await screen.deliver({ type: 'pause' })).toEqual({ kind: 'done' });
  expect(runner.loop.views).toHaveLength(1);
});

test('why a runner cannot be joined is told apart', async () => {
  const runner = await serveRunner();
  expect(await kindOf(runner, { find: () => null })).toBe('no-runner');
  const gone = { pid: 1, socketPath: join(runner.runtimeDirectory, 'gone.sock'), version: '', startedAt: 0 };
  expect(await kindOf(runner, { find: () => gone })).toBe('no-runner');
  expect(await kindOf(runner, { version: '2.0.0' })).toBe('other-version');
  const hung = await impostor(() => {});
  const outcome = await joinRunner(runner.joining({ find: () => hung, patienceMs: 50 }));
  expect(outcome).toMatchObject({ kind: 'no-answer', reason: expect.stringContaining('kill 4242') });
  const mad = await impostor((socket) => socket.write('what?\n'));
  expect(await kindOf(runner, { find: () => mad })).toBe('no-runner');
});

test('a socket in a directory that others may write to is not trusted with a password', async () => {
  const runner = await serveRunner();
  const heard: string[] = [];
  const open = await impostor((socket) => socket.on('data', (bytes) => heard.push(String(bytes))));
  const { chmodSync } = await import('node:fs');
  chmodSync(join(open.socketPath, '..'), 0o777);
  expect(await kindOf(runner, { find: () => open })).toBe('not-allowed');
  expect(heard).toEqual([]);
});

test('a runner that ends says why, and its last snapshot stays', async () => {
  const runner = await serveRunner();
  const screen = await joined(runner.joining());
  runner.loop.publish({ at: 99 });
  await runner.end('The loop\u001b[2J was stopped.');
  await waitFor(() => screen.getLink().kind === 'ended');
  expect(screen.getLink()).toMatchObject({ reason: 'The loop[2J was stopped.' });
  expect(screen.getSnapshot().at).toBe(99);
  expect(await screen.deliver({ type: 'pause' })).toMatchObject({ kind: 'gone' });
});

test('a command on its way when the runner breaks off is not reported as done', async () => {
  const runner = await serveRunner();
  const screen = await joined(runner.joining());
  runner.loop.commands.push = () => {
    runner.sockets[0]?.destroy();
    return 1;
  };
  expect(await screen.deliver({ type: 'skip' })).toMatchObject({ kind: 'gone' });
  await waitFor(() => screen.getLink().kind === 'lost');
  expect(screen.getSnapshot()).toEqual(exampleSnapshot());
});

test('a screen that lost its runner joins the next one by itself, with its window', async () => {
  const first = await serveRunner();
  const view = { firstIndex: 40, count: 20, filter: '' };
  const screen = await joined(first.joining({ view, lookEveryMs: 20 }));
  first.sockets[0]?.destroy();
  await waitFor(() => screen.getLink().kind === 'lost');
  await waitFor(() => screen.getLink().kind === 'live');
  expect(first.loop.views).toEqual([view, view]);
  await first.end('Over.');
  const second = await serveRunner({ stateDirectory: first.stateDirectory });
  second.loop.publish({ at: 5 });
  await waitFor(() => screen.getLink().kind === 'live' && screen.getSnapshot().at === 5);
  screen.send({ type: 'pause' });
  await waitFor(() => second.loop.commands.length === 1);
});

test('a screen that wants previews sees the newest until it is over, the others see none', async () => {
  const runner = await serveRunner();
  const one = await joined(runner.joining());
  const two = await joined(runner.joining());
  one.setPreviewWanted(true);
  await waitFor(() => runner.loop.wishCount() === 1);
  let told = 0;
  let toldOther = 0;
  one.subscribe(() => told++);
  two.subscribe(() => toldOther++);
  const preview = { generationId: 7, at: 5, bytes: Buffer.from('a picture') };
  runner.loop.showPreview(preview);
  await waitFor(() => one.getPreview() !== null);
  expect(one.getPreview()).toEqual(preview);
  expect(one.getPreview()).toBe(one.getPreview());
  expect(told).toBe(1);
  runner.loop.showPreview(null);
  await waitFor(() => one.getPreview() === null);
  expect(two.getPreview()).toBeNull();
  expect(toldOther).toBe(0);
});

test('a screen that looks away shows its preview no more, and sees it again when it looks back', async () => {
  const runner = await serveRunner();
  const screen = await joined(runner.joining());
  screen.setPreviewWanted(true);
  runner.loop.showPreview({ generationId: 7, at: 5, bytes: Buffer.from('a picture') });
  await waitFor(() => screen.getPreview() !== null);
  screen.setPreviewWanted(false);
  expect(screen.getPreview()).toBeNull();
  await waitFor(() => runner.loop.wishCount() === 0);
  runner.loop.publish({ at: 3 });
  await waitFor(() => screen.getSnapshot().at === 3);
  screen.setPreviewWanted(true);
  await waitFor(() => runner.loop.wishCount() === 1);
  runner.loop.publish({ at: 4 });
  await waitFor(() => screen.getPreview()?.at === 5);
});

test('what a screen wants to see of previews it tells the next runner too', async () => {
  const first = await serveRunner();
  const screen = await joined(first.joining({ lookEveryMs: 20 }));
  screen.setPreviewWanted(true);
  first.loop.showPreview({ generationId: 7, at: 5, bytes: Buffer.from('a picture') });
  await waitFor(() => screen.getPreview() !== null);
  await first.end('Over.');
  await waitFor(() => screen.getLink().kind === 'ended');
  expect(screen.getPreview()).toBeNull();
  const second = await serveRunner({ stateDirectory: first.stateDirectory });
  await waitFor(() => second.loop.wishCount() === 1);
});

test('restart starts a runner and joins it, or says why it could not', async () => {
  const first = await serveRunner();
  let second: ServedRunner | null = null;
  let refuse = true;
  const start = async () => {
    if (refuse) return { ok: false as const, reason: 'The disk is full.' };
    second = await serveRunner({ stateDirectory: first.stateDirectory });
    return { ok: true as const };
  };
  const screen = await joined(first.joining({ start, lookEveryMs: 600_000 }));
  const links: string[] = [];
  screen.subscribe(() => links.push(screen.getLink().kind));
  await first.end('Over.');
  await waitFor(() => screen.getLink().kind === 'ended');
  screen.restart();
  await waitFor(() => screen.getLink().kind === 'refused');
  expect(screen.getLink()).toEqual({ kind: 'refused', reason: 'The disk is full.' });
  refuse = false;
  screen.restart();
  screen.restart();
  await waitFor(() => screen.getLink().kind === 'live');
  expect(links).toEqual(['ended', 'starting', 'refused', 'starting', 'live']);
  expect((second as ServedRunner | null)?.clientCount()).toBe(1);
});

test('a command reaches a runner of another version', async () => {
  const runner = await serveRunner({ version: '0.9.0' });
  const { find, loop } = runner;
  expect(await deliverCommand(find(), '1.0.0', { type: 'stop', now: false })).toEqual({ kind: 'done' });
  expect(loop.commands).toEqual([{ type: 'stop', now: false }]);
  expect(await deliverCommand(null, '1.0.0', { type: 'pause' })).toMatchObject({ kind: 'no-runner' });
});
