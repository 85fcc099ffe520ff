import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPictureMaker } from '../../source/pictures/make-picture.ts';
import type { PictureProtocol } from '../../source/pictures/picture-protocol.ts';
import { difference, expected, PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { drawing, made, noise, terminalOf } from './pictures-in-test.ts';

const portrait = await drawing(512, 768);
const landscape = await drawing(640, 360);
const finest = await noise(1024, 1024);

/** How far from the original each may be, of 255; a picture of another one is 40 and more apart. */
const cases: readonly { protocol: PictureProtocol; isTmux: boolean; tolerance: number }[] = [
  { protocol: 'blocks', isTmux: false, tolerance: 8 },
  { protocol: 'kitty', isTmux: false, tolerance: 4 },
  { protocol: 'kitty', isTmux: true, tolerance: 4 },
  { protocol: 'sixel', isTmux: false, tolerance: 7 },
  { protocol: 'iterm2', isTmux: false, tolerance: 3 },
];

test.each(cases)('$protocol (tmux: $isTmux) shows the picture', async ({ protocol, isTmux, tolerance }) => {
  const maker = createPictureMaker({ terminal: terminalOf(protocol, { isTmux }), cacheDirectory: null });
  for (const bytes of [portrait, landscape]) {
    const terminal = new PictureTerminalEmulator({ columns: 50, rows: 24, isTmux });
    const picture = made(await maker.makeFromBytes(bytes, { columns: 44, rows: 22 }));
    await terminal.write(`\u001b[2;4H${picture.data}`);
    const region = { row: 1, column: 3, columns: picture.columns, rows: picture.rows };
    expect(difference(await terminal.see(region), await expected(bytes, region))).toBeLessThan(tolerance);
    expect(terminal.strange).toEqual([]);
    // Where it began.
    expect(terminal.cursor).toEqual({ row: 1, column: 3 });
    expect(picture.byteCount).toBe(Buffer.byteLength(picture.data));
  }
});

test.each(cases)('$protocol (tmux: $isTmux) keeps within the budget', async ({ protocol, isTmux }) => {
  const asked = [
    // Both sides of what is enough and what is not, and the hardest last: the most cells, and a picture as hard as they come.
    { byteBudget: 20_000, area: { columns: 20, rows: 8 }, pictures: [portrait, finest] },
    { byteBudget: 9000, area: { columns: 20, rows: 8 }, pictures: [portrait, finest] },
    { byteBudget: 20_000, area: { columns: 44, rows: 22 }, pictures: [portrait] },
    { byteBudget: 9000, area: { columns: 44, rows: 22 }, pictures: [portrait, finest] },
    { byteBudget: 20_000, area: { columns: 160, rows: 50 }, pictures: [portrait] },
    { byteBudget: 9000, area: { columns: 160, rows: 50 }, pictures: [finest] },
  ];
  for (const { byteBudget, area, pictures } of asked) {
    const maker = createPictureMaker({
      terminal: terminalOf(protocol, { isTmux }),
      cacheDirectory: null,
      byteBudget,
    });
    for (const bytes of pictures) {
      const { byteCount, columns } = made(await maker.makeFromBytes(bytes, area));
      // Placeholders alone are more than that: 100 x 50 cells of four bytes.
      const most = isTmux ? Math.max(byteBudget, columns * area.rows * 4 + 5000) : byteBudget;
      expect(byteCount).toBeLessThanOrEqual(most);
    }
  }
});

test('half-blocks reach to the right edge of the window', async () => {
  const maker = createPictureMaker({ terminal: terminalOf('blocks'), cacheDirectory: null });
  const picture = made(await maker.makeFromBytes(landscape, { columns: 30, rows: 20 }));
  expect(picture.columns).toBe(30);
  const terminal = new PictureTerminalEmulator({ columns: 40, rows: 24 });
  await terminal.write(`\u001b[1;11H${picture.data}`);
  const region = { row: 0, column: 10, columns: 30, rows: picture.rows };
  expect(difference(await terminal.see(region), await expected(landscape, region))).toBeLessThan(8);
});

test('half-blocks in 256 colours', async () => {
  const maker = createPictureMaker({
    terminal: terminalOf('blocks', { hasTrueColor: false }),
    cacheDirectory: null,
  });
  const picture = made(await maker.makeFromBytes(landscape, { columns: 44, rows: 22 }));
  expect(picture.data).not.toMatch(/[34]8;2;/);
  const terminal = new PictureTerminalEmulator({ columns: 50, rows: 24 });
  await terminal.write(picture.data);
  const region = { row: 0, column: 0, columns: picture.columns, rows: picture.rows };
  expect(difference(await terminal.see(region), await expected(landscape, region))).toBeLessThan(20);
});

test.each(['kitty', 'sixel', 'iterm2', 'blocks'] as const)('%s keeps the proportions', async (protocol) => {
  const maker = createPictureMaker({ terminal: terminalOf(protocol), cacheDirectory: null });
  const area = { columns: 44, rows: 22 };
  // Cells are twice as high as wide.
  expect(made(await maker.makeFromBytes(finest, area))).toMatchObject({ columns: 44, rows: 22 });
  expect(made(await maker.makeFromBytes(portrait, area))).toMatchObject({ columns: 29, rows: 22 });
  expect(made(await maker.makeFromBytes(landscape, area))).toMatchObject({ columns: 44, rows: 12 });
  const line = await sharp({ create: { width: 3000, height: 2, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  expect(made(await maker.makeFromBytes(line, area))).toMatchObject({ columns: 44, rows: 1 });
});

test('pictures of two makers in one kitty do not get in each other’s way', async () => {
  const terminal = new PictureTerminalEmulator({ columns: 100, rows: 24 });
  const area = { columns: 20, rows: 8 };
  const pictures = [];
  for (let index = 0; index < 3; index++) {
    const maker = createPictureMaker({ terminal: terminalOf('kitty'), cacheDirectory: null });
    pictures.push(
      made(await maker.makeFromBytes(landscape, area)),
      made(await maker.makeFromBytes(finest, area)),
    );
  }
  for (const { data } of pictures) await terminal.write(data);
  expect(terminal.imageCount).toBe(6);
  for (const { remove } of pictures) await terminal.write(remove);
  expect(terminal.imageCount).toBe(0);
});

test('nothing at all while pictures are off', async () => {
  const maker = createPictureMaker({ terminal: terminalOf('off'), cacheDirectory: null });
  expect(await maker.make('/nowhere', { columns: 4, rows: 4 })).toEqual({ reason: 'pictures are off' });
});

test('two decodings at once, and the newest wish before older ones', async () => {
  const maker = createPictureMaker({ terminal: terminalOf('iterm2'), cacheDirectory: null });
  const order: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map((wish) =>
      maker.makeFromBytes(finest, { columns: 44, rows: 22 }).then(() => order.push(wish)),
    ),
  );
  // Two begin at once; of the others the last wished for is not behind the first.
  expect(order.indexOf(5)).toBeLessThan(order.indexOf(2));
  expect([0, 1]).toContain(order[0]);
});

test('a wish that is given up before its turn is not performed', async () => {
  const maker = createPictureMaker({ terminal: terminalOf('iterm2'), cacheDirectory: null });
  const area = { columns: 44, rows: 22 };
  const busy = [maker.makeFromBytes(finest, area), maker.makeFromBytes(finest, area)];
  const controller = new AbortController();
  const givenUp = maker.makeFromBytes(finest, area, controller.signal);
  controller.abort();
  expect(await givenUp).toEqual({ reason: 'no longer wanted' });
  const waiting = maker.makeFromBytes(finest, area);
  maker.close();
  expect(await waiting).toEqual({ reason: 'no longer wanted' });
  for (const picture of await Promise.all(busy)) made(picture);
});

test('the main thread has its turn while pictures are made', async () => {
  const startedAt = performance.now();
  let longestMs = 0;
  let before = startedAt;
  const ticker = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - before);
    before = performance.now();
  }, 1);
  const maker = createPictureMaker({ terminal: terminalOf('sixel'), cacheDirectory: null });
  await maker.makeFromBytes(finest, { columns: 80, rows: 40 });
  clearInterval(ticker);
  // In one piece it is most of the time, however busy the machine; in slices a small part.
  expect(longestMs).toBeLessThan((performance.now() - startedAt) / 3);
});
