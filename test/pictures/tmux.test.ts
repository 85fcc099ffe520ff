import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { expect, onTestFinished, test } from 'vitest';
import { hasProgram } from '../bench/has-program.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { difference, expected, PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { drawing } from './pictures-in-test.ts';

const picture = await drawing(320, 180);

const columns = 60;
const rows = 30;

/** A real tmux in a terminal that answers as kitty does; resolves to all that the terminal got. */
async function showInTmux(passthrough: 'on' | 'off'): Promise<string> {
  const home = tempDirectoryInTest();
  const configuration = join(home, 'tmux.conf');
  const path = join(home, 'a.png');
  writeFileSync(path, picture);
  writeFileSync(configuration, `set -g allow-passthrough ${passthrough}\nset -g status off\n`);
  const socket = join(home, 'tmux');
  const end = () => spawnSync('tmux', ['-S', socket, 'kill-server']);
  onTestFinished(() => void end());
  const command = `'${process.execPath}' '${cliPath}' show '${path}'; IFS= read -rs -t 0.3 -n 99 left; printf 'left[%q]\\n' "$left"; sleep 30`;
  const pty = spawn('tmux', ['-S', socket, '-f', configuration, 'new-session', command], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: { ...cleanEnvironment(home), TERM: 'xterm-256color', SHELL: '/bin/bash' },
  });
  let written = '';
  const answers = [
    ['\u001b[>q', '\u001bP>|kitty(0.36.1)\u001b\\'],
    ['\u001b[c', '\u001b[?62;c'],
    ['\u001b_Gi=31', '\u001b_Gi=31;OK\u001b\\'],
  ].map(([question = '', answer = '']) => ({ question, answer, count: 0 }));
  const { promise, resolve } = Promise.withResolvers<void>();
  pty.onData((data) => {
    written += data;
    // A question may come in two parts.
    for (const each of answers)
      for (; written.split(each.question).length - 1 > each.count; each.count++) pty.write(each.answer);
    if (/left\[.*\]/.test(written)) resolve();
  });
  pty.onExit(() => resolve());
  await promise;
  return written;
}

test.skipIf(!hasProgram('tmux', ['-V']))('kitty’s placeholders come through tmux', async () => {
  const written = await showInTmux('on');
  const terminal = new PictureTerminalEmulator({ columns, rows });
  await terminal.write(written);
  expect(written).toContain("left['']");
  const top = Array.from({ length: rows }, (_, row) => row).find((row) => terminal.lineAt(row) !== '') ?? 0;
  const region = { row: top, column: 0, columns, rows: 17 };
  expect(difference(await terminal.see(region), await expected(picture, region))).toBeLessThan(4);
});

test.skipIf(!hasProgram('tmux', ['-V']))('a tmux that hands nothing through gets half-blocks', async () => {
  const written = await showInTmux('off');
  expect(written).not.toMatch(/_G|\u{10eeee}/u);
  expect(written).toContain('▀');
  expect(written).toContain("left['']");
});
