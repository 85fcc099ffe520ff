import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openTerminal, type Terminal } from './terminal.ts';
import { openTerminalInTest } from './terminal-in-test.ts';
import { waitFor } from './wait-for.ts';

function shell(script: string, size: { columns?: number; rows?: number; home?: string } = {}): Terminal {
  return openTerminalInTest({ command: '/bin/sh', args: ['-c', script], ...size });
}

test('shows lines as a person sees them', async () => {
  const terminal = shell("printf 'one\\r\\ntwo\\033[2;1H\\033[Kthree'; cat", { columns: 20, rows: 3 });
  await terminal.waitFor('three');
  expect(terminal.screen()).toEqual(['one', 'three', '']);
});

test('wide characters and emoji take two cells', async () => {
  const terminal = shell("printf '一👍x'; cat");
  await terminal.waitFor('x');
  expect(terminal.cellAt(0, 0)).toMatchObject({ text: '一', width: 2 });
  expect(terminal.cellAt(1, 0)).toMatchObject({ text: '', width: 0 });
  expect(terminal.cellAt(2, 0).width).toBe(2);
  expect(terminal.cellAt(4, 0).text).toBe('x');
});

test('cells know their colours and weight', async () => {
  const terminal = shell(
    "printf '\\033[1;31ma\\033[0;38;5;200mb\\033[0;48;2;1;2;3mc\\033[0;2;7md\\033[0me'; cat",
  );
  await terminal.waitFor('abcde');
  expect(terminal.cellAt(0, 0)).toMatchObject({ foreground: { kind: 'palette', index: 1 }, isBold: true });
  expect(terminal.cellAt(1, 0)).toMatchObject({ foreground: { kind: 'palette', index: 200 }, isBold: false });
  expect(terminal.cellAt(2, 0).background).toEqual({ kind: 'rgb', value: 0x010203 });
  expect(terminal.cellAt(3, 0)).toMatchObject({ isDim: true, isInverse: true });
  expect(terminal.cellAt(4, 0)).toMatchObject({ foreground: { kind: 'default' }, isInverse: false });
});

test('keys and text reach the program', async () => {
  const terminal = shell('stty raw -echo; printf ready; od -An -tx1 -w1 -v');
  await terminal.waitFor('ready');
  await terminal.press('up', 'ctrl-c', 'escape', 'enter', 'q');
  terminal.type('é');
  await terminal.waitFor(/1b\s+5b\s+41\s+03\s+1b\s+0d\s+71\s+c3\s+a9/);
  await expect(terminal.press('pgup')).rejects.toThrow('No key is named "pgup"');
});

test('text is pasted in brackets only for a program that asked for them', async () => {
  const asked = shell("stty -echo; printf '\\033[?2004h'; printf ready; cat -v");
  await asked.waitFor('ready');
  expect(asked.modes.isBracketedPaste).toBe(true);
  asked.paste('two\nlines');
  await asked.press('enter');
  await asked.waitFor('^[[200~two\nlines^[[201~');
  const plain = shell('stty -echo; printf ready; cat -v');
  await plain.waitFor('ready');
  plain.paste('two\nlines\n');
  await plain.waitFor(/two\nlines/);
});

test('a program is told of a new size', async () => {
  const terminal = shell("trap 'stty size' WINCH; stty size; while :; do read -r line; done", {
    columns: 100,
    rows: 30,
  });
  await terminal.waitFor('30 100');
  terminal.resize(80, 24);
  await terminal.waitFor('24 80');
  expect(terminal.screen()).toHaveLength(24);
});

test('the alternate screen, the cursor and the title are seen', async () => {
  const terminal = shell(
    "printf 'before\\033[?1049h\\033[?25l\\033]2;a title\\007'; printf inside; read -r line; printf '\\033[?1049l\\033[?25h'; cat",
  );
  await terminal.waitFor('inside');
  expect(terminal.modes).toMatchObject({ isAlternateScreen: true, isCursorVisible: false });
  expect(terminal.title()).toBe('a title');
  expect(terminal.text()).not.toContain('before');
  await terminal.press('enter');
  await terminal.waitFor('before');
  expect(terminal.modes).toMatchObject({ isAlternateScreen: false, isCursorVisible: true });
});

test('half a synchronised frame is not looked at', async () => {
  const terminal = shell("printf '\\033[?2026hhalf'; read -r line; printf ' whole\\033[?2026l'; cat");
  await expect(terminal.waitFor('half', { timeoutMs: 200 })).rejects.toThrow('in vain');
  await terminal.press('enter');
  await terminal.waitFor('half');
  expect(terminal.text()).toContain('whole');
});

test('questions to the terminal are answered', async () => {
  const terminal = shell("stty raw -echo; printf '\\033[c'; od -An -c -N 3; cat");
  await terminal.waitFor(/033\s+\[\s+\?/);
});

test('says how the program ended', async () => {
  expect(await shell('exit 3').exit).toEqual({ code: 3, signal: null });
  const killed = shell('printf ready; exec cat');
  await killed.waitFor('ready');
  killed.kill('SIGTERM');
  expect(await killed.exit).toEqual({ code: 0, signal: 15 });
});

test('hanging up sends SIGHUP', async () => {
  const terminal = shell('printf ready; exec cat');
  await terminal.waitFor('ready');
  terminal.hangUp();
  expect(await terminal.exit).toEqual({ code: 0, signal: 1 });
});

test('a wait in vain shows the last frame', async () => {
  const terminal = shell('printf something; cat');
  await expect(terminal.waitFor('else', { timeoutMs: 300 })).rejects.toThrow(
    /in vain for "else"[\s\S]*something/,
  );
  const ended = shell('printf goodbye');
  await expect(ended.waitFor('else')).rejects.toThrow(/ended \(code 0[\s\S]*goodbye/);
});

test('a frozen terminal takes nothing, and everything once it is unfrozen', async () => {
  const terminal = shell('printf ready; read -r line; seq 1 50000; printf done; cat');
  await terminal.waitFor('ready');
  terminal.freeze();
  await terminal.press('enter');
  await expect(terminal.waitFor('done', { timeoutMs: 300 })).rejects.toThrow('in vain');
  expect(terminal.byteCount).toBeLessThan(200_000);
  terminal.unfreeze();
  await terminal.waitFor('done');
  expect(terminal.byteCount).toBeGreaterThan(200_000);
});

test('the environment is clean and the home is a temporary one', async () => {
  process.env.NO_COLOR = '1';
  const terminal = shell('env | sort; cat');
  await terminal.waitFor('XDG_STATE_HOME');
  delete process.env.NO_COLOR;
  expect(terminal.text()).toContain('TERM=xterm-256color');
  expect(terminal.text()).toContain(`HOME=${terminal.home}`);
  expect(terminal.text()).not.toMatch(/^(CI|NODE_ENV|NO_COLOR|TMUX|VITEST)=/m);
});

test('disposing ends what the program started, and removes its home', async () => {
  const terminal = openTerminal({
    command: '/bin/sh',
    args: ['-c', 'sh -c \'trap "" HUP TERM; echo child $$; while :; do sleep 1; done\''],
  });
  await terminal.waitFor(/child \d+/);
  const child = Number(/child (\d+)/.exec(terminal.text())?.[1]);
  await terminal[Symbol.asyncDispose]();
  await waitFor(() => !isAlive(child));
  expect(existsSync(terminal.home)).toBe(false);
});

/** A zombie that nobody has reaped yet is as dead as can be asked for. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
