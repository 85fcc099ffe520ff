import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { encodePicture } from '../../source/demo/encode-picture.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { difference, expected, PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { cliPath, runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { drawing } from '../pictures/pictures-in-test.ts';

const plain = await drawing(320, 180);

const infotext = [
  `${'beautiful, masterpiece, best quality, '.repeat(12)}\u001b]0;owned\u0007\u001b[31m漢字\u202e`,
  'Negative prompt: blurry',
  'Steps: 20, Sampler: DPM++ 2M, CFG scale: 7.0, Seed: 3005953957, Size: 320x180, Model: dreamshaper_8, Lora hashes: "a: 1, b: 2"',
].join('\n');

let home: string;
let path: string;

beforeEach(async () => {
  home = tempDirectoryInTest();
  path = join(home, '00042-3005953957.png');
  writeFileSync(path, await encodePicture(plain, { format: 'png', infotext, quality: 80 }));
});

describe('into a pipe', () => {
  test('the infotext alone, whole, and safe for a terminal', async () => {
    const { code, stdout, stderr } = await runCli(['show', path], { home });
    expect(code, stderr).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe(`${'beautiful, masterpiece, best quality, '.repeat(12)}]0;owned[31m漢字`);
    expect(lines[2]).toBe(infotext.split('\n')[2]);
    expect((await performCli(['show', path, '--pictures', 'sixel'], { home })).stdout).toBe(stdout);
  });

  test('its facts as JSON', async () => {
    const jpeg = join(home, 'b.jpg');
    writeFileSync(jpeg, await encodePicture(plain, { format: 'jpg', infotext: null, quality: 80 }));
    const { code, stdout } = await performCli(['show', '--json', path, jpeg], { home });
    expect(code).toBe(0);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      schema: 'sdloop/1',
      type: 'picture',
      path,
      format: 'png',
      width: 320,
      height: 180,
      isComplete: true,
      seed: 3005953957,
      negativePrompt: 'blurry',
      parameters: { Steps: '20', Seed: '3005953957', 'Lora hashes': 'a: 1, b: 2' },
      infotext,
    });
    expect(first.bytes).toBeGreaterThan(1000);
    expect(second).toMatchObject({
      format: 'jpeg',
      seed: null,
      prompt: null,
      parameters: null,
      infotext: null,
    });
  });

  test('says which file cannot be read, goes on with the others, and ends with 1', async () => {
    const text = join(home, 'notes.png');
    writeFileSync(text, 'not a picture');
    const cut = join(home, 'cut.png');
    writeFileSync(
      cut,
      (await encodePicture(plain, { format: 'png', infotext, quality: 80 })).subarray(0, -400),
    );
    const { code, stdout, stderr } = await performCli(
      ['show', join(home, 'none.png'), text, home, cut, path],
      {
        home,
      },
    );
    expect(code).toBe(1);
    expect(stderr).toContain(`There is no file ${join(home, 'none.png')}.`);
    expect(stderr).toContain('notes.png: not a PNG, JPEG or WebP picture.');
    expect(stderr).toContain(`${home}: not a file.`);
    expect(stderr).toContain('cut.png: cut short.');
    expect(stdout.match(/Seed: 3005953957/g)).toHaveLength(2);
  });

  test('needs a file, and a way of drawing that there is', async () => {
    expect(await performCli(['show'], { home })).toMatchObject({ code: 2 });
    const { code, stderr } = await performCli(['show', path, '--pictures', 'ascii'], { home });
    expect(code).toBe(2);
    expect(stderr).toContain('--pictures must be auto, kitty, sixel, iterm2, blocks or off.');
  });
});

describe('in a terminal', () => {
  /** With a shell around it, that would get what is left unread. */
  function show(args: string, env: Record<string, string> = {}) {
    const command = `'${process.execPath}' '${cliPath}' show '${path}' ${args}; IFS= read -rs -t 0.3 -n 99 left; printf 'left[%q]\\n' "$left"`;
    return openTerminal({ command: 'bash', args: ['-c', command], columns: 60, rows: 40, home, env });
  }

  test.each(['blocks', 'sixel', 'iterm2', 'kitty'] as const)(
    'as %s, with the infotext below in whole lines',
    async (protocol) => {
      await using terminal = show(`--pictures ${protocol}`, { COLORTERM: 'truecolor' });
      expect(await terminal.exit).toMatchObject({ code: 0 });
      const screen = new PictureTerminalEmulator({ columns: 60, rows: 40 });
      await screen.write(terminal.written());
      expect(screen.strange).toEqual([]);
      // Scaled to the width of the window: 60 cells are 600 pixels, and those as high as 17 cells.
      const region = { row: 0, column: 0, columns: 60, rows: 17 };
      expect(difference(await screen.see(region), await expected(plain, region))).toBeLessThan(10);
      const lines = Array.from({ length: 20 }, (_, row) => screen.lineAt(17 + row));
      expect(lines.join(' ').replace(/\s+/g, ' ')).toContain(
        'Negative prompt: blurry Steps: 20, Sampler: DPM++ 2M',
      );
      expect(lines.join('\n')).toContain("left['']");
    },
  );

  test('at the bottom of the window, where it has to scroll', async () => {
    const command = `seq 50; '${process.execPath}' '${cliPath}' show '${path}' --pictures blocks; echo end`;
    await using terminal = openTerminal({
      command: 'bash',
      args: ['-c', command],
      columns: 40,
      rows: 30,
      home,
      env: { COLORTERM: 'truecolor' },
    });
    await terminal.exit;
    const screen = new PictureTerminalEmulator({ columns: 40, rows: 60 });
    await screen.write('\u001b[60;1H');
    await screen.write(terminal.written().slice(terminal.written().indexOf('50')));
    const first = Array.from({ length: 60 }, (_, row) => row).find((row) => screen.lineAt(row) === '50') ?? 0;
    const region = { row: first + 1, column: 0, columns: 40, rows: 11 };
    expect(difference(await screen.see(region), await expected(plain, region))).toBeLessThan(10);
    expect(terminal.text()).toContain('end');
  });

  test('a terminal that was asked is left clean, and gets what it can draw', async () => {
    await using terminal = show('');
    expect(await terminal.exit).toMatchObject({ code: 0 });
    // The emulator answers DA1 without sixel.
    expect(terminal.text()).toContain('▀');
    expect(terminal.text()).toContain("left['']");
    expect(terminal.modes).toMatchObject({ isCursorVisible: true, isAlternateScreen: false });
    expect(terminal.text()).not.toMatch(/\[\?|Gi=31/);
  });

  test('without pictures, and with a broken one', async () => {
    await using without = show('--pictures off');
    await without.exit;
    expect(without.text()).toMatch(/Seed:\s+3005953957/);
    expect(without.written()).not.toContain('\u001b');
    const bytes = await encodePicture(plain, { format: 'png', infotext, quality: 80 });
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    await using broken = show('--pictures blocks');
    await broken.exit;
    expect(broken.text()).toContain('No picture: broken or cut short.');
    expect(broken.text()).toMatch(/Seed:\s+3005953957/);
  });

  test('a file that nobody may read', async () => {
    if (process.getuid?.() === 0) return;
    chmodSync(path, 0);
    await using terminal = show('--pictures blocks');
    await terminal.exit;
    expect(terminal.text()).toContain('the file may not be read');
  });
});
