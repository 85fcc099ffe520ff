import { expect, test } from 'vitest';
import { boxDrawing } from '../../scripts/picture/box-drawing.ts';
import { cellHeight, cellWidth } from '../../scripts/picture/cell-size.ts';
import { screenToSvg } from '../../scripts/picture/screen-to-svg.ts';
import { screenToPng } from '../../scripts/screen-to-png.ts';
import { makeTerminalScreen, type TerminalScreen } from '../helpers/terminal-screen.ts';

const [columns, rows] = [20, 4];

async function screenOf(output: string): Promise<TerminalScreen> {
  const screen = makeTerminalScreen(columns, rows);
  await new Promise<void>((resolve) => screen.write(Buffer.from(output), resolve));
  return screen;
}

async function svgOf(output: string, hasWideFont = false): Promise<string> {
  const { cellAt } = await screenOf(output);
  return screenToSvg({ columns, rows, title: 'a <title>', cellAt, hasWideFont });
}

test('a picture is a PNG at twice the size of the window', async () => {
  const { cellAt } = await screenOf('╭─ 一 \u001b[1;31mred\u001b[0m ▁▂▃ ⣿');
  const png = Buffer.from(screenToPng({ columns, rows, title: 'sdloop', cellAt }));
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2 * (columns * cellWidth + 36));
});

test('letters carry their weight and colour, and markup in them stays text', async () => {
  const svg = await svgOf('\u001b[1;38;2;1;2;3m<\u001b[0m');
  expect(svg).toMatch(/fill="#010203" font-weight="bold">&lt;</);
  expect(svg).toContain('a &lt;title&gt;');
});

test('inverse swaps the colours and dim fades them', async () => {
  const plain = /fill="(#\w+)">x</.exec(await svgOf('x'))?.[1];
  const svg = await svgOf('\u001b[7mx\u001b[0;2my');
  expect(svg).toContain(`<path fill="${plain}" d="M0 0`);
  expect(svg).not.toContain(`fill="${plain}">x`);
  expect(svg).not.toContain(`fill="${plain}">y`);
});

test('lines reach the edges of their cells, so that neighbours join', () => {
  expect(extentOf('─')).toMatchObject({ left: 0, right: cellWidth });
  expect(extentOf('┃')).toMatchObject({ top: 0, bottom: cellHeight });
  expect(extentOf('┼')).toEqual({ left: 0, right: cellWidth, top: 0, bottom: cellHeight });
  expect(extentOf('┏')).toMatchObject({ right: cellWidth, bottom: cellHeight });
  expect(extentOf('╸')).toMatchObject({ left: 0, right: cellWidth / 2 });
  // The arc's ends lie on the light lines of its neighbours.
  expect(boxDrawing(0x256d, 0, 0)).toContain(`${cellWidth} ${cellHeight / 2 - 0.5}V${cellHeight / 2 + 0.5}`);
});

/** What the rectangles of a straight character cover, in a cell at 0, 0. */
function extentOf(character: string) {
  const path = boxDrawing(character.codePointAt(0) ?? 0, 0, 0) ?? '';
  const parts = [...path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)/g)].map((match) => {
    const [, x = 0, y = 0, width = 0, height = 0] = match.map(Number);
    return { left: x, right: x + width, top: y, bottom: y + height };
  });
  return {
    left: Math.min(...parts.map(({ left }) => left)),
    right: Math.max(...parts.map(({ right }) => right)),
    top: Math.min(...parts.map(({ top }) => top)),
    bottom: Math.max(...parts.map(({ bottom }) => bottom)),
  };
}

test('every box, block and braille character but dashes, doubles and diagonals is drawn as a shape', async () => {
  const shapes = '─━│┃┌┏┐└┘├┤┬┴┼╋╭╮╯╰╴╵╶╷╸╹╺╻▀▁▄█▉▏▐░▒▓▔▕▖▟⠁⣿';
  const svg = await svgOf(shapes.slice(0, columns));
  const more = await svgOf(shapes.slice(columns));
  expect(`${svg}${more}`.match(/<text/g)).toHaveLength(2);
});

test('a wide character without a font becomes a box', async () => {
  expect(await svgOf('一', true)).toContain('>一<');
  expect(await svgOf('一', false)).not.toContain('>一<');
});
