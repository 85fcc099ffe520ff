import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';

const script = resolve(import.meta.dirname, '../../scripts/picture-of-the-screen.ts');

/** Processes whose home is below the directory. */
function processesAtHomeIn(directory: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return (
        /^\d+$/.test(name) && readFileSync(`/proc/${name}/environ`, 'utf8').includes(`HOME=${directory}/`)
      );
    } catch {
      return false;
    }
  });
}

test('a picture is taken of a loop, and nothing of it goes on', { timeout: 60_000 }, async () => {
  const directory = tempDirectoryInTest();
  const out = join(directory, 'screen.png');
  const steps = ['--step', 'wait:generating'];
  const demo = ['--demo', '--model', 'demo-landscape', '--prompt', 'dusk'];
  const run = promisify(execFile)(process.execPath, [script, out, ...steps, '--', ...demo], {
    env: { ...process.env, TMPDIR: directory },
  });
  await waitFor(() => processesAtHomeIn(directory).length >= 3, { timeoutMs: 30_000 });
  expect((await run).stdout).toContain('generating');
  expect(existsSync(out)).toBe(true);
  await waitFor(() => processesAtHomeIn(directory).length === 0);
  expect(readdirSync(directory)).toEqual(['screen.png']);
});
