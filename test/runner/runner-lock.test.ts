import { statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { takeRunnerLock } from '../../source/runner/runner-lock.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

const lockMain = resolve(import.meta.dirname, 'lock-main.ts');

function taken(directory: string) {
  const outcome = takeRunnerLock(directory);
  if (!outcome.ok) throw new Error(outcome.reason);
  onTestFinished(() => outcome.lock.release());
  return outcome.lock;
}

test('one process holds the lock; the next is told which', async () => {
  const directory = tempDirectoryInTest();
  await using holder = startProgram(process.execPath, [lockMain, directory]);
  await holder.waitForLine((line) => line === 'held');
  expect(takeRunnerLock(directory)).toMatchObject({ kind: 'held', pid: null });
  writeRunnerPointer(directory, { pid: holder.pid, socketPath: '/run/x.sock', version: '1', startedAt: 0 });
  expect(takeRunnerLock(directory)).toMatchObject({
    kind: 'held',
    pid: holder.pid,
    reason: expect.stringMatching(new RegExp(`${holder.pid}.*sdloop stop`)),
  });
});

test('a holder that is killed lets go at once', async () => {
  const directory = tempDirectoryInTest();
  const holder = startProgram(process.execPath, [lockMain, directory]);
  await holder.waitForLine((line) => line === 'held');
  holder.kill('SIGKILL');
  await holder.ended;
  taken(directory);
});

test('a second try in the same process neither gets nor loses the lock', async () => {
  const directory = tempDirectoryInTest();
  const lock = taken(directory);
  expect(takeRunnerLock(directory)).toMatchObject({ kind: 'held' });
  await using other = startProgram(process.execPath, [lockMain, directory]);
  expect((await other.ended).stdout).toContain('not held');
  lock.release();
  taken(directory);
});

test('nobody else may touch it', () => {
  const directory = tempDirectoryInTest();
  taken(directory);
  expect(statSync(join(directory, 'runner.lock')).mode & 0o777).toBe(0o600);
});

test('a lock that cannot be taken is no lock that is held', () => {
  const directory = tempDirectoryInTest();
  expect(takeRunnerLock(join(directory, 'missing'))).toMatchObject({
    kind: 'cannot-lock',
    reason: expect.stringContaining('XDG_STATE_HOME'),
  });
  writeFileSync(
    join(directory, 'runner.lock'),
    'this is no database, but long enough to be looked at'.repeat(40),
  );
  expect(takeRunnerLock(directory)).toMatchObject({ ok: false });
});
