import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPictureMaker, type Picture } from '../../source/pictures/make-picture.ts';
import { createPictureLayer, type PictureLayer } from '../../source/pictures/picture-layer.ts';
import type { PictureProtocol } from '../../source/pictures/picture-protocol.ts';
import { PictureTerminalEmulator, type Region } from '../helpers/picture-terminal.ts';
import { makeTerminalScreen } from '../helpers/terminal-screen.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';
import { made, terminalOf } from './pictures-in-test.ts';

const columns = 40;
const rows = 12;

type Colour = 'red' | 'green' | 'black';

const cases: readonly { protocol: PictureProtocol; isTmux: boolean }[] = [
  { protocol: 'blocks', isTmux: false },
  { protocol: 'kitty', isTmux: false },
  { protocol: 'kitty', isTmux: true },
  { protocol: 'sixel', isTmux: false },
  { protocol: 'iterm2', isTmux: false },
];

describe.each(cases)('$protocol (tmux: $isTmux)', ({ protocol, isTmux }) => {
  let stream: TerminalStream;
  let layer: PictureLayer;
  let screen: PictureTerminalEmulator;
  let red: Picture;
  let green: Picture;

  beforeEach(async () => {
    stream = new TerminalStream(columns, rows);
    layer = createPictureLayer(stream.asStdout(), terminalOf(protocol, { isTmux }));
    screen = new PictureTerminalEmulator({ columns, rows, isTmux });
    const maker = createPictureMaker({ terminal: terminalOf(protocol, { isTmux }), cacheDirectory: null });
    const paint = async (background: string, width: number) =>
      made(
        await maker.makeFromBytes(
          await sharp({ create: { width, height: 60, channels: 3, background } })
            .png()
            .toBuffer(),
          { columns: 8, rows: 3 },
        ),
      );
    [red, green] = [await paint('#f00', 80), await paint('#0f0', 80)];
    await ink('\u001b[?1049h\u001b[2J\u001b[H');
  });

  async function settle(): Promise<string> {
    await turn();
    await turn();
    const written = stream.take();
    await screen.write(written);
    return written;
  }

  /** What Ink writes, as one frame. */
  function ink(text: string): Promise<string> {
    layer.stdout.write(text);
    return settle();
  }

  async function isAll(colour: Colour, region: Partial<Region> = {}): Promise<boolean> {
    const { rgb, width } = await screen.see({ row: 2, column: 4, columns: 8, rows: 3, ...region });
    const wanted = { red: [255, 0, 0], green: [0, 255, 0], black: [0, 0, 0] }[colour];
    // A sixel picture may be a few rows of pixels short.
    const seen =
      protocol === 'sixel' && colour !== 'black' ? rgb.subarray(0, rgb.length - width * 3 * 6) : rgb;
    return seen.every((value, at) => Math.abs(value - (wanted[at % 3] ?? 0)) < 8);
  }

  const at = (picture: Picture, row = 2, column = 4) => ({ key: `${row}`, row, column, picture });

  test('shows a picture, replaces it, and takes it away without a trace', async () => {
    layer.place([at(red)]);
    await settle();
    expect(await isAll('red')).toBe(true);
    expect(layer.sentByteCount).toBeGreaterThanOrEqual(red.byteCount);
    layer.place([at(green)]);
    await settle();
    expect(await isAll('green')).toBe(true);
    layer.place([]);
    await settle();
    expect(await isAll('black', { row: 0, column: 0, columns, rows })).toBe(true);
    expect(screen.strange).toEqual([]);
  });

  test('sends nothing again while nothing changes, nor for writing beside it', async () => {
    layer.place([at(red)]);
    await settle();
    layer.place([at(red)]);
    expect(await settle()).toBe('');
    const before = layer.sentByteCount;
    await ink('\u001b[H\u001b[2Ksdloop\u001b[3;13Hbeside\u001b[8;1Hbelow');
    expect(layer.sentByteCount).toBe(before);
    expect(await isAll('red')).toBe(true);
    expect(screen.lineAt(0)).toBe('sdloop');
  });

  test('draws it again where Ink blanked its cells, and leaves the cursor to Ink', async () => {
    layer.place([at(red)]);
    await settle();
    await ink('\u001b[4;1H\u001b[K');
    expect(await isAll('red')).toBe(true);
    await ink('x');
    expect(screen.lineAt(3)[0]).toBe('x');
    await ink('\u001b[2J');
    expect(await isAll('red')).toBe(true);
  });

  test('gives way to text that is drawn over it, and comes back after it', async () => {
    layer.place([at(red)]);
    await settle();
    await ink('\u001b[3;2H╭────────╮\u001b[4;2H│ really?│\u001b[5;2H╰────────╯');
    expect(screen.lineAt(2)).toBe(' ╭────────╮');
    expect(screen.lineAt(3)).toBe(' │ really?│');
    expect(await isAll('red', { column: 11, columns: 1 })).toBe(false);
    await ink('\u001b[3;2H\u001b[K\u001b[4;2H\u001b[K\u001b[5;2H\u001b[K');
    expect(await isAll('red')).toBe(true);
  });

  test('writes the text again that came over it before it was taken away', async () => {
    layer.place([at(red)]);
    await settle();
    layer.stdout.write('\u001b[4;5H\u001b[31mtext\u001b[39m');
    layer.clear();
    await settle();
    expect(screen.lineAt(3)).toBe('    text');
    expect(await isAll('black', { row: 2, rows: 1 })).toBe(true);
  });

  test('moves, as a list that is scrolled', async () => {
    layer.place([at(red), at(green, 6)]);
    await settle();
    layer.place([at(green, 2)]);
    await settle();
    expect(await isAll('green')).toBe(true);
    expect(await isAll('black', { row: 5, rows: 7 })).toBe(true);
  });

  test('leaves nothing behind on a resize, and draws what still fits', async () => {
    layer.place([at(red), at(green, 7)]);
    await settle();
    stream.resizeTo(columns, 9);
    await settle();
    expect(await isAll('red')).toBe(true);
    expect(await isAll('black', { row: 7, rows: 2 })).toBe(true);
    stream.resizeTo(10, 9);
    await settle();
    expect(await isAll('black', { columns: 6 })).toBe(true);
  });

  test('leaves nothing in the terminal when the screen is left', async () => {
    layer.place([at(red)]);
    await settle();
    await ink('\u001b[?1049l');
    expect(await isAll('black', { row: 0, column: 0, columns, rows })).toBe(true);
    expect(screen.imageCount).toBe(0);
    expect(await ink('$ ')).toBe('$ ');
  });

  test('waits while the terminal takes nothing, and draws only the newest then', async () => {
    stream.isQuick = false;
    layer.place([at(red)]);
    await settle();
    layer.place([at(green)]);
    await settle();
    await ink('\u001b[4;1H\u001b[K');
    layer.place([at(red, 3)]);
    const before = stream.take();
    expect(before).not.toContain(green.data.slice(0, 40));
    stream.isQuick = true;
    stream.takeAll();
    await settle();
    await settle();
    expect(await isAll('red', { row: 3 })).toBe(true);
    expect(await isAll('black', { row: 2, rows: 1 })).toBe(true);
  });
});

test('kitty is sent a picture once, and forgets those that were shown long ago', async () => {
  const stream = new TerminalStream(columns, rows);
  const terminal = terminalOf('kitty');
  const layer = createPictureLayer(stream.asStdout(), terminal);
  const screen = new PictureTerminalEmulator({ columns, rows });
  const maker = createPictureMaker({ terminal, cacheDirectory: null });
  const dot = await sharp({ create: { width: 10, height: 20, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  const all = await Promise.all(
    Array.from({ length: 100 }, () => maker.makeFromBytes(dot, { columns: 1, rows: 1 })),
  );
  const show = async (index: number) => {
    layer.place([{ key: `${index}`, row: 0, column: 0, picture: made(all[index] ?? { reason: 'none' }) }]);
    await turn();
    await turn();
    const written = stream.take();
    await screen.write(written);
    return written;
  };
  expect(await show(0)).toContain('a=T');
  await show(1);
  expect(await show(0)).not.toContain('a=T');
  for (let index = 0; index < 100; index++) await show(index);
  expect(screen.imageCount).toBeLessThanOrEqual(64);
  expect(await show(1)).toContain('a=T');
});

test('whatever Ink writes and wherever pictures come and go, the text is as it would be without them', async () => {
  const width = 30;
  const height = 8;
  const stream = new TerminalStream(width, height);
  const terminal = terminalOf('blocks');
  const layer = createPictureLayer(stream.asStdout(), terminal);
  const maker = createPictureMaker({ terminal, cacheDirectory: null });
  const dot = await sharp({ create: { width: 60, height: 60, channels: 3, background: '#f00' } })
    .png()
    .toBuffer();
  const picture = made(await maker.makeFromBytes(dot, { columns: 6, rows: 3 }));
  const withPictures = makeTerminalScreen(width, height);
  const without = makeTerminalScreen(width, height);
  const pieces = [
    'seed ',
    '漢字',
    '\u001b[1m',
    '\u001b[22m',
    '\u001b[38;5;208m',
    '\u001b[39m',
    '\u001b[7m',
    '\u001b[27m',
    '\u001b[48;2;1;2;3m',
    '\u001b[0m',
    '\u001b[0m\u001b[K',
    '\u001b[0m\u001b[2K',
    '\u001b[0m\u001b[1K',
    '\u001b[2A',
    '\u001b[E',
    '\u001b[7G',
    '\u001b[3;9H',
    '\u001b[0m\u001b[H\u001b[J',
    '\r\n',
    '\r',
    '🚀',
    'é',
    '   ',
    'abcdefghijklmnopqrstuvwxyzabcdefgh',
    '\u001b[5C',
    '\u001b[0m\u001b[3X',
    '\u001b]8;;http://a.b\u001b\\link\u001b]8;;\u001b\\',
    '─│▀⣿',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          text: fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join('')),
          at: fc.option(fc.tuple(fc.nat(height), fc.nat(width)), { nil: null }),
        }),
        { maxLength: 12 },
      ),
      async (frames) => {
        const frame = async (text: string) => {
          // In two writes, cut within a sequence now and then.
          const characters = Array.from(text);
          layer.stdout.write(characters.slice(0, 5).join(''));
          layer.stdout.write(characters.slice(5).join(''));
          await turn();
          await turn();
          await Promise.all([written(withPictures, stream.take()), written(without, text)]);
        };
        await frame('\u001b[0m\u001b[?1049h\u001b[2J\u001b[H');
        for (const { text, at } of frames) {
          layer.place(at === null ? [] : [{ key: 'a', row: at[0], column: at[1], picture }]);
          await frame(text);
        }
        layer.place([]);
        await frame('');
        for (let row = 0; row < height; row++)
          for (let column = 0; column < width; column++)
            expect([row, column, cellOf(withPictures, column, row)]).toEqual([
              row,
              column,
              cellOf(without, column, row),
            ]);
        expect(withPictures.cursor()).toEqual(without.cursor());
      },
    ),
    { numRuns: 150 },
  );
});

/** A blank cell looks the same whether it was written or never was. */
function cellOf(screen: ReturnType<typeof makeTerminalScreen>, column: number, row: number) {
  const cell = screen.cellAt(column, row);
  return cell.width === 1 && cell.text === '' ? { ...cell, text: ' ' } : cell;
}

function written(screen: ReturnType<typeof makeTerminalScreen>, text: string): Promise<void> {
  return new Promise((resolve) => screen.write(Buffer.from(text), resolve));
}
