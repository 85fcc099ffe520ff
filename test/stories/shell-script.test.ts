import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { shellScript } from './shell-script.ts';

function below(program: readonly string[]) {
  return openTerminalInTest({ command: '/bin/sh', args: ['-c', shellScript, 'sh', ...program] });
}

test('a program is suspended and continued, and its end is told', async () => {
  const terminal = below(['/bin/sh', '-c', 'echo begun; read -r line; echo "got $line"; exit 3']);
  await terminal.waitFor('begun');
  await terminal.press('ctrl-z');
  await terminal.waitFor('suspended');
  await terminal.press('enter');
  await terminal.waitFor((seen) => isInFront(seen.pid));
  terminal.type('a line');
  await terminal.press('enter');
  await terminal.waitFor(/got a line[\s\S]*left with 3[\s\S]*icanon/);
});

test('a terminal left raw is seen as such, and a signal as its number', async () => {
  const terminal = below(['/bin/sh', '-c', 'stty -icanon -echo; kill -TERM $$']);
  await terminal.waitFor(/left with 143[\s\S]*-icanon/);
  expect(terminal.text()).toMatch(/-echo /);
});

/** Whether another group than the shell's own has the terminal (proc(5), field 8). */
function isInFront(shellPid: number): boolean {
  const fields = readFileSync(`/proc/${shellPid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[5]) !== shellPid;
}
