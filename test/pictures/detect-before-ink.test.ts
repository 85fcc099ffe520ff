import { resolve } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect, onTestFinished, test } from 'vitest';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { makeTerminalScreen } from '../helpers/terminal-screen.ts';
import { waitFor } from '../helpers/wait-for.ts';

const program = resolve(import.meta.dirname, 'detect-before-ink-main.ts');
const answers = '\u001b_Gi=31;OK\u001b\\\u001bP>|kitty(0.36.1)\u001b\\\u001b[6;18;9t\u001b[?62;c';

/** The program in a real terminal that answers when it is told to. */
function open() {
  const screen = makeTerminalScreen(60, 10);
  const pty = spawn(process.execPath, [program], {
    name: 'xterm-256color',
    cols: 60,
    rows: 10,
    env: cleanEnvironment(tempDirectoryInTest()),
  });
  onTestFinished(() => {
    pty.kill('SIGKILL');
    screen.dispose();
  });
  let written = '';
  pty.onData((data) => {
    written += data;
    screen.write(Buffer.from(data), () => {});
  });
  return {
    asked: () => waitFor(() => written.includes('\u001b[c'), { timeoutMs: 20_000 }),
    send: (text: string) => pty.write(text),
    shows: (text: string) => waitFor(() => screen.lines()[0] === text, { timeoutMs: 20_000 }),
    line: () => screen.lines()[0],
  };
}

test('keys go to the screen, before, between and after the answers', async () => {
  const terminal = open();
  await terminal.asked();
  terminal.send(`a${answers}b`);
  await terminal.shows('kitty 9 [ab]');
  terminal.send('c\u001b[A');
  await terminal.shows('kitty 9 [abc<up>]');
});

test('answers that come while the screen is up are no keys, and change what it knows', async () => {
  const terminal = open();
  await terminal.asked();
  await terminal.shows('blocks 10 []');
  terminal.send('x');
  await terminal.shows('blocks 10 [x]');
  terminal.send(`${answers.slice(0, 14)}`);
  terminal.send(`${answers.slice(14)}y`);
  await terminal.shows('kitty 9 [xy]');
  terminal.send('\u001b[A');
  await terminal.shows('kitty 9 [xy<up>]');
  expect(terminal.line()).not.toContain('31');
});
