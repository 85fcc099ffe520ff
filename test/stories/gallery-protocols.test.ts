import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodePicture } from '../../source/demo/encode-picture.ts';
import { difference, expected, PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { drawing } from '../pictures/pictures-in-test.ts';

const plain = await drawing(320, 180);

/** Where the one picture of 320x180 is at 80x24. */
const region = { row: 2, column: 2, columns: 44, rows: 12 };

/** What a terminal shows that draws pictures, after all that was written so far. */
async function seen(terminal: Terminal): Promise<PictureTerminalEmulator> {
  const screen = new PictureTerminalEmulator({ columns: 80, rows: 24 });
  await screen.write(terminal.written());
  return screen;
}

test.each(['blocks', 'sixel', 'iterm2', 'kitty'] as const)(
  'a picture as %s has its pixels, stays under its text, and leaves nothing behind',
  async (protocol) => {
    const folder = tempDirectoryInTest();
    const path = join(folder, '00000-71.png');
    writeFileSync(
      path,
      await encodePicture(plain, { format: 'png', infotext: 'a red umbrella', quality: 80 }),
    );
    const terminal = openTerminalInTest({
      command: process.execPath,
      args: [cliPath, 'gallery', folder, '--pictures', protocol],
      columns: 80,
      rows: 24,
      env: { COLORTERM: 'truecolor' },
    });
    await terminal.waitFor('Pictures  1 image');
    await terminal.press('enter');
    await terminal.waitFor('a red umbrella');
    const isDrawn = async () =>
      difference(await (await seen(terminal)).see(region), await expected(plain, region)) < 12;
    await waitFor(isDrawn, { timeoutMs: 10_000 });
    const before = terminal.byteCount;
    await terminal.press('?');
    await terminal.waitFor('Take back the last choice');
    await waitFor(async () => !(await isDrawn()), { timeoutMs: 10_000 });
    await terminal.press('escape');
    await waitFor(isDrawn, { timeoutMs: 10_000 });
    // Help and back are two screens and the picture once more, at 20 kB.
    expect(terminal.byteCount - before).toBeLessThan(45_000);
    await terminal.press('q');
    expect(await terminal.exit).toMatchObject({ code: 0 });
    const screen = await seen(terminal);
    expect(screen.strange).toEqual([]);
    expect(terminal.modes).toMatchObject({ isAlternateScreen: false, isCursorVisible: true });
  },
  40_000,
);
