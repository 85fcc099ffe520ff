import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { lookAt, prepareSocketPlace } from '../../source/runner/socket-place.ts';
import { removeStaleSockets } from '../../source/runner/stale-sockets.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { hello, rawClient } from './raw-client.ts';
import { serveRunner } from './served-runner.ts';

/** A socket whose process was killed. */
async function staleSocket(path: string): Promise<void> {
  const code = `require('node:net').createServer().listen(process.argv[1], () => console.log('listening'))`;
  await using program = startProgram(process.execPath, ['-e', code, path]);
  await program.waitForLine((line) => line === 'listening');
}

test('socket, directory and pointer are for this user only, and go with the runner', async () => {
  const { path, runtimeDirectory, stateDirectory, end } = await serveRunner();
  expect(path()).toBe(join(runtimeDirectory, 'default.sock'));
  const mode = (file: string) => statSync(file).mode & 0o777;
  expect(mode(runtimeDirectory)).toBe(0o700);
  expect(mode(path())).toBe(0o600);
  expect(mode(join(stateDirectory, 'runner.json'))).toBe(0o600);
  expect(readRunnerPointer(stateDirectory)).toMatchObject({ pid: process.pid, socketPath: path() });
  await end('Over.');
  expect(readdirSync(runtimeDirectory)).toEqual([]);
  expect(readdirSync(stateDirectory)).toEqual([]);
});

test.runIf(process.getuid?.() === 0)('another user cannot connect', async () => {
  const { path, runtimeDirectory, clientCount } = await serveRunner();
  const code = `require('node:net').connect(process.argv[1]).on('error', (e) => console.log(e.code)).on('connect', function () { console.log('in'); this.destroy(); })`;
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  const tryAs = (user: readonly string[]) =>
    execFileSync('setpriv', [...user, process.execPath, '-e', code, path()], {
      encoding: 'utf8',
      cwd: '/',
    }).trim();
  // Only what the runner made stands in the way now, and then only the socket itself.
  chmodSync(join(runtimeDirectory, '..'), 0o755);
  expect(tryAs(nobody)).toBe('EACCES');
  chmodSync(runtimeDirectory, 0o755);
  expect(tryAs(nobody)).toBe('EACCES');
  await waitFor(() => clientCount() === 0);
  chmodSync(path(), 0o666);
  expect(tryAs(nobody)).toBe('in');
});

test('a stale socket is told from a live one and replaced', async () => {
  const directory = join(tempDirectoryInTest(), 'run');
  mkdirSync(directory, { mode: 0o700 });
  const path = join(directory, 'default.sock');
  expect(await lookAt(path)).toBe('nothing');
  await staleSocket(path);
  expect(await lookAt(path)).toBe('stale-socket');
  const runner = await serveRunner({ directories: [directory] });
  expect(runner.path()).toBe(path);
  expect(await lookAt(path)).toBe('listening');
  await rawClient(path, hello).message('snapshot');
});

test('sockets that killed runners of the profile have left are removed, and no other file', async () => {
  const first = await serveRunner();
  const directory = first.runtimeDirectory;
  const at = (name: string) => join(directory, name);
  for (const name of ['default-4194305.sock', 'night-4194305.sock', 'default-night.sock']) {
    await staleSocket(at(name));
  }
  writeFileSync(at('default-77.sock'), 'no socket');
  const second = await serveRunner({ directories: [directory] });
  await waitFor(() => !existsSync(at('default-4194305.sock')));
  const third = at('default-4194306.sock');
  const server = createServer().listen(third);
  onTestFinished(() => void server.close());
  await waitFor(() => existsSync(third));
  await removeStaleSockets(directory, 'default');
  expect(readdirSync(directory).toSorted()).toEqual(
    [
      ...['default-4194306.sock', 'default-77.sock', 'default-night.sock', 'default.sock'],
      ...[`default-${process.pid}.sock`, 'night-4194305.sock'],
    ].toSorted(),
  );
  await rawClient(second.path(), hello).message('snapshot');
});

test('where a runner that keeps its state elsewhere listens already, both go on', async () => {
  const first = await serveRunner();
  const second = await serveRunner({ directories: [first.runtimeDirectory] });
  expect(second.path()).toBe(join(first.runtimeDirectory, `default-${process.pid}.sock`));
  await second.end('Over.');
  expect(existsSync(first.path())).toBe(true);
  await rawClient(first.path(), hello).message('snapshot');
});

test('a socket that was removed is made anew, and clients that are joined stay', async () => {
  const { loop, path, told } = await serveRunner({ checkEveryMs: 20 });
  const client = rawClient(path(), hello);
  await client.message('snapshot');
  rmSync(path());
  await waitFor(() => existsSync(path()));
  await rawClient(path(), hello).message('snapshot');
  loop.publish({ at: 3 });
  await waitFor(() => client.lines().some(({ snapshot }) => (snapshot as { at?: number })?.at === 3));
  expect(told).toHaveLength(1);
});

test('a pointer that was removed is written again', async () => {
  const { path, stateDirectory, find } = await serveRunner({ checkEveryMs: 20 });
  rmSync(join(stateDirectory, 'runner.json'));
  await waitFor(() => find()?.socketPath === path());
});

test('when its directory goes and cannot be made again it moves to the next one, and the pointer says so', async () => {
  const home = tempDirectoryInTest();
  const [gone, next] = [join(home, 'user/sdloop'), join(home, 'next')];
  const { path, find, told } = await serveRunner({ checkEveryMs: 20, directories: [gone, next] });
  expect(path()).toBe(join(gone, 'default.sock'));
  rmSync(join(home, 'user'), { recursive: true });
  writeFileSync(join(home, 'user'), '');
  await waitFor(() => find()?.socketPath === join(next, 'default.sock'));
  await rawClient(path(), hello).message('snapshot');
  expect(told).toEqual([expect.stringContaining(next)]);
});

test('a pointer that cannot be written is told of once and written later', async () => {
  const { path, stateDirectory, find, told } = await serveRunner({ checkEveryMs: 20 });
  // As on a disk that is full: a directory stands where the pointer is to be written.
  const aside = join(stateDirectory, 'runner.json.new');
  mkdirSync(aside);
  rmSync(join(stateDirectory, 'runner.json'));
  await waitFor(() => told.length > 0);
  rmSync(aside, { recursive: true });
  await waitFor(() => find()?.socketPath === path());
  expect(told).toEqual([expect.stringContaining(stateDirectory)]);
});

test('a place that will not do is named with its reason', async () => {
  const home = tempDirectoryInTest();
  const reasonOf = async (directory: string, profile = 'default') => {
    const place = await prepareSocketPlace(directory, profile);
    return place.ok ? 'it will do' : place.reason;
  };
  expect(await reasonOf(join(home, 'x'.repeat(100)))).toMatch(
    /too long .* bytes, and the system allows 10[37]/,
  );
  expect(await reasonOf(join(home, '灯'.repeat(30)))).toContain('too long');
  symlinkSync(home, join(home, 'link'));
  expect(await reasonOf(join(home, 'link'))).toContain('is not a directory');
  const open = join(home, 'open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  expect(await reasonOf(open)).toBe('it will do');
  expect(statSync(open).mode & 0o777).toBe(0o700);
  writeFileSync(join(open, 'default.sock'), 'mine');
  expect(await reasonOf(open)).toContain('is no socket');
});

test.runIf(process.getuid?.() === 0)('a directory of somebody else is refused', async () => {
  const { chownSync } = await import('node:fs');
  const directory = join(tempDirectoryInTest(), 'theirs');
  mkdirSync(directory, { mode: 0o700 });
  chownSync(directory, 65534, 65534);
  expect(await prepareSocketPlace(directory, 'default')).toMatchObject({
    reason: `${directory} belongs to somebody else.`,
  });
});

test('a path is too long for one place and not for the next', async () => {
  const home = tempDirectoryInTest();
  const { path } = await serveRunner({ directories: [join(home, 'y'.repeat(100)), join(home, 'short')] });
  expect(path()).toBe(join(home, 'short/default.sock'));
});

test('a process that hangs with a full queue is taken for a live one', async () => {
  const directory = join(tempDirectoryInTest(), 'run');
  mkdirSync(directory, { mode: 0o700 });
  const path = join(directory, 'default.sock');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  expect(await lookAt(path)).toBe('listening');
});
