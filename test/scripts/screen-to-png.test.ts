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
  expect(boxDrawing(0x2500, 0, 0)).toContain(`M0 ${cellHeight / 2 - 0.5}`);
  expect(boxDrawing(0x2500, 0, 0)).toContain(`h${cellWidth / 2}`);
  expect(boxDrawing(0x2501, 0, 0)).toContain(`M0 ${cellHeight / 2 - 1}`);
  expect(boxDrawing(0x256d, 0, 0)).toContain(`${cellWidth} ${cellHeight / 2 - 0.5}V${cellHeight / 2 + 0.5}`);
});

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
