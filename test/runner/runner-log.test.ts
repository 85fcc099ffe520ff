import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createRunnerLog, type RunnerLog, runnerLogPath } from '../../source/runner/runner-log.ts';
import { mountDisk } from '../gallery/helpers/mounts.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

function logInTest(limit?: number): { readonly path: string; readonly log: RunnerLog } {
  const path = runnerLogPath(tempDirectoryInTest());
  const log = createRunnerLog(path, limit);
  onTestFinished(() => log.close());
  return { path, log };
}

test('each entry is one line with its time, safe for a terminal, in a file of this user only', () => {
  const { path, log } = logInTest();
  log.write('The loop started.');
  log.write('It said: \u001b[31mno\nsecond line 灯');
  expect(readFileSync(path, 'utf8')).toMatch(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}The loop started\.\n\S+Z {2}It said: \[31mno second line 灯\n$/,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a full log is kept as one older one, and both stay within the limit', () => {
  const { path, log } = logInTest(2000);
  for (let number = 1; number <= 200; number++) log.write(`entry ${number}`);
  expect(statSync(path).size).toBeLessThan(2100);
  expect(statSync(`${path}.1`).size).toBeLessThan(2100);
  const both = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
  const numbers = [...both.matchAll(/entry (\d+)/g)].map(([, number]) => Number(number));
  expect(numbers.at(-1)).toBe(200);
  expect(numbers).toEqual(numbers.map((_, index) => 200 - numbers.length + 1 + index));
  expect(statSync(`${path}.1`).mode & 0o777).toBe(0o600);
});

test("the process's own output stays within it too, and goes on in the same file", () => {
  const { path, log } = logInTest(2000);
  log.write('before');
  const output = openSync(path, 'a');
  onTestFinished(() => closeSync(output));
  const shout = (words: string) =>
    spawnSync(process.execPath, ['-e', `console.error(process.argv[1])`, words], {
      stdio: ['ignore', 'ignore', output],
    });
  shout(`${'x'.repeat(30_000)} and its end`);
  log.trim();
  expect(statSync(path).size).toBe(0);
  expect(statSync(`${path}.1`).size).toBe(2000);
  expect(readFileSync(`${path}.1`, 'utf8')).toContain('and its end');
  shout('after');
  expect(readFileSync(path, 'utf8')).toBe('after\n');
});

/** A disk without room, beside a log of so many bytes; null where this user may not mount one. */
function fullDisk(logByteCount: number): { readonly path: string; readonly makeRoom: () => void } | null {
  const disk = mountDisk(256 << 10);
  if (disk === null) return null;
  const [path, filler] = [join(disk, 'runner.log'), join(disk, 'filler')];
  writeFileSync(path, `${'x'.repeat(logByteCount - 1)}\n`);
  try {
    writeFileSync(filler, Buffer.alloc(512 << 10));
  } catch {
    // It is full now.
  }
  return { path, makeRoom: () => rmSync(filler) };
}

test('a full disk is survived, and entries come again once there is room', (context) => {
  const disk = fullDisk(4096);
  if (disk === null) return context.skip('this user may not mount a disk');
  const log = createRunnerLog(disk.path, 8192);
  onTestFinished(() => log.close());
  for (let number = 0; number < 100; number++) log.write(`lost ${number} ${'x'.repeat(100)}`);
  expect(statSync(disk.path).size).toBe(4096);
  disk.makeRoom();
  log.write('there is room again');
  log.write('and again');
  const lines = readFileSync(disk.path, 'utf8').trimEnd().split('\n');
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^\d{4}-\S+Z {2}there is room again$/),
    expect.stringMatching(/^\d{4}-\S+Z {2}and again$/),
  ]);
});

test('an entry that a full disk cut short does not spoil the next one', (context) => {
  const disk = fullDisk(4000);
  if (disk === null) return context.skip('this user may not mount a disk');
  const log = createRunnerLog(disk.path, 8192);
  onTestFinished(() => log.close());
  // The page that the log ends in has room for half of it.
  log.write('half '.repeat(40));
  expect(statSync(disk.path).size).toBe(4096);
  disk.makeRoom();
  log.write('whole');
  const last = readFileSync(disk.path, 'utf8').trimEnd().split('\n').at(-1);
  expect(last).toMatch(/^\d{4}-\S+Z {2}whole$/);
});

test('on a full disk a full log waits for room, but gives way when it has twice its size', (context) => {
  const [waiting, tooLarge] = [fullDisk(12_288), fullDisk(20_480)];
  if (waiting === null || tooLarge === null) return context.skip('this user may not mount a disk');
  for (const { path } of [waiting, tooLarge]) {
    const log = createRunnerLog(path, 8192);
    onTestFinished(() => log.close());
    log.trim();
    expect(existsSync(`${path}.new`)).toBe(false);
  }
  expect(statSync(waiting.path).size).toBe(12_288);
  expect(statSync(tooLarge.path).size).toBe(0);
});
