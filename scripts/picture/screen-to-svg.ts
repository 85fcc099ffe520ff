import type { Cell } from '../../test/helpers/terminal-screen.ts';
import { blockElement, shadeOf } from './block-elements.ts';
import { boxDrawing } from './box-drawing.ts';
import { braille } from './braille.ts';
import { baseline, cellHeight, cellWidth, fontSize } from './cell-size.ts';
import { coloursOf, ground, ink } from './colours.ts';
import { rectangle } from './rectangle.ts';

export type ScreenPicture = {
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  readonly cellAt: (column: number, row: number) => Cell;
  readonly hasWideFont: boolean;
};

const padding = 18;
const titleHeight = 34;

/** A terminal's cells as an SVG in a window frame: letters as text, lines and blocks as shapes that join. */
export function screenToSvg(screen: ScreenPicture): string {
  const width = screen.columns * cellWidth + 2 * padding;
  const height = screen.rows * cellHeight + titleHeight + padding;
  const layers = drawCells(screen);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="${fontSize}">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="11" fill="${ground}" stroke="#333a47"/>`,
    ...['#e5717a', '#e2b86b', '#8fc77f'].map(
      (fill, index) =>
        `<circle cx="${padding + 6 + index * 19}" cy="17" r="5.5" fill="${fill}" opacity="0.85"/>`,
    ),
    `<text x="${width / 2}" y="22" text-anchor="middle" fill="${ink}" opacity="0.6">${xmlText(screen.title)}</text>`,
    `<g transform="translate(${padding} ${titleHeight})">`,
    ...layers,
    '</g></svg>',
  ].join('\n');
}

function drawCells(screen: ScreenPicture): string[] {
  const backgrounds = new Map<string, string>();
  const shapes = new Map<string, string>();
  const texts: string[] = [];
  for (let row = 0; row < screen.rows; row++) {
    for (let column = 0; column < screen.columns; column++) {
      const cell = screen.cellAt(column, row);
      if (cell.width === 0) continue;
      const { foreground, background } = coloursOf(cell);
      const [x, y] = [column * cellWidth, row * cellHeight];
      const width = cell.width * cellWidth;
      if (background !== ground) append(backgrounds, background, rectangle(x, y, width, cellHeight));
      if (cell.isUnderlined) append(shapes, foreground, rectangle(x, y + cellHeight - 3, width, 1));
      const codePoint = cell.text.codePointAt(0) ?? 0x20;
      if (codePoint === 0x20) continue;
      const shape =
        shapeOf(codePoint, x, y) ?? (cell.width === 2 && !screen.hasWideFont ? wideBox(x, y) : null);
      const shade = shadeOf(codePoint);
      if (shape === null) texts.push(letter(cell, x, y, foreground));
      else append(shapes, shade === 1 ? foreground : `${foreground}" fill-opacity="${shade}`, shape);
    }
  }
  return [...paths(backgrounds), ...paths(shapes), ...texts];
}

function shapeOf(codePoint: number, x: number, y: number): string | null {
  return boxDrawing(codePoint, x, y) ?? blockElement(codePoint, x, y) ?? braille(codePoint, x, y);
}

/** Stands for a wide character that no font here can draw: an empty frame. */
function wideBox(x: number, y: number): string {
  const [left, top, width, height] = [x + 2, y + 3, 2 * cellWidth - 4, cellHeight - 6];
  return `${rectangle(left, top, width, height)}M${left + 1} ${top + 1}v${height - 2}h${width - 2}v${2 - height}z`;
}

function letter(cell: Cell, x: number, y: number, fill: string): string {
  const weight = cell.isBold ? ' font-weight="bold"' : '';
  const slant = cell.isItalic ? ' font-style="italic"' : '';
  const wide = cell.width === 2 ? ` text-anchor="middle" font-size="${2 * cellWidth - 2}"` : '';
  const left = cell.width === 2 ? x + cellWidth : x;
  return `<text x="${left}" y="${y + baseline}" fill="${fill}"${weight}${slant}${wide}>${xmlText(cell.text)}</text>`;
}

function append(layer: Map<string, string>, fill: string, path: string): void {
  layer.set(fill, (layer.get(fill) ?? '') + path);
}

function paths(layer: ReadonlyMap<string, string>): string[] {
  return [...layer].map(([fill, path]) => `<path fill="${fill}" d="${path}"/>`);
}

/** XML has no way to write U+FFFE, U+FFFF or half a surrogate pair. */
function xmlText(text: string): string {
  const writable = text.toWellFormed().replaceAll(/[\ufffe\uffff]/g, '\ufffd');
  return writable.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
