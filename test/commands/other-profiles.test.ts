import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

/** As a runner leaves it: this process for a living one. */
function pointTo(home: string, profile: string, pid: number): void {
  const directory = runnerStateDirectory(home, profile);
  mkdirSync(directory, { recursive: true });
  const socketPath = join(directory, 'nobody-listens.sock');
  writeRunnerPointer(directory, { pid, socketPath, version: '0.1.0', startedAt: 1 });
}

test.each([
  ['demo', [], '--demo'],
  ['night', [], '--profile night'],
  ['default', ['--demo'], 'no --profile'],
] as const)(
  'a command that finds no loop names the profile %s, which has one',
  async (profile, args, option) => {
    const home = tempDirectoryInTest();
    pointTo(home, profile, process.pid);
    const { code, stderr } = await performCli(['status', ...args], { home });
    expect(code).toBe(5);
    expect(stderr).toContain(`it is meant with ${option}`);
  },
);

test.each([
  [['--demo'], '`sdloop --demo` starts one'],
  [['--profile', 'night'], '`sdloop --profile night` starts one'],
])('where there is no loop, %j is said with what starts one', async (args, words) => {
  const { stderr } = await performCli(['status', ...args], { home: tempDirectoryInTest() });
  expect(stderr).toBe(`No loop is running: ${words}.\n`);
});

test('a runner that is no more is not named', async () => {
  const home = tempDirectoryInTest();
  pointTo(home, 'demo', 2 ** 22 + 1);
  const { code, stderr } = await performCli(['pause'], { home });
  expect(code).toBe(5);
  expect(stderr).toBe('No loop is running: `sdloop` starts one.\n');
});
