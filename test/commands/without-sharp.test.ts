import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { withPngText } from '../../source/demo/png-text.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { openTerminal } from '../helpers/terminal.ts';

/** The built program where no package can be found: everything but sharp is bundled. */
function copyAlone(directory: string): string {
  const root = resolve(import.meta.dirname, '../..');
  cpSync(join(root, 'dist'), join(directory, 'sdloop/dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(directory, 'sdloop/package.json'));
  return join(directory, 'sdloop/dist/cli.js');
}

async function runAlone(directory: string, args: readonly string[]) {
  await using program = startProgram(process.execPath, [copyAlone(directory), ...args]);
  program.closeInput();
  return await program.ended;
}

test.each([
  ['demo', ['demo', '--port=0']],
  ['run --demo', ['run', '--demo', '--model=demo-landscape', '--prompt=dusk', '--count=1']],
])('`sdloop %s` says that it cannot draw', async (_, args) => {
  const { code, stderr } = await runAlone(tempDirectoryInTest(), args);
  expect(code).toBe(1);
  expect(stderr).toMatch(/draws with sharp, which cannot be loaded: install sdloop again/);
  expect(stderr).not.toMatch(/mistake in sdloop/);
});

test('an image that might be black is listed, since it cannot be looked at', async () => {
  const directory = tempDirectoryInTest();
  const create = { width: 512, height: 512, channels: 3 as const, background: '#000' };
  await sharp({ create }).toFile(join(directory, '00000-1.png'));
  const { code, stdout } = await runAlone(directory, ['images', `--output-dir=${directory}`]);
  expect(stdout).toContain('00000-1.png');
  expect(code).toBe(0);
});

test('a picture that cannot be decoded leaves its infotext', async () => {
  const directory = tempDirectoryInTest();
  const path = join(directory, 'a.png');
  const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#00f' } })
    .png()
    .toBuffer();
  writeFileSync(path, withPngText(png, 'parameters', 'a lighthouse'));
  await using terminal = openTerminal({
    command: process.execPath,
    args: [copyAlone(directory), 'show', path, '--pictures=blocks'],
  });
  expect(await terminal.exit).toMatchObject({ code: 1 });
  expect(terminal.text()).toContain('No picture: sharp cannot be loaded: install sdloop again.');
  expect(terminal.text()).toContain('a lighthouse');
});
