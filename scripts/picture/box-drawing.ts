import { cellHeight, cellWidth } from './cell-size.ts';
import { rectangle } from './rectangle.ts';

/** For each character from U+250C on: the weight of its arm up, right, down and left; 1 is light, 2 heavy. */
const corners =
  '0110 0210 0120 0220 0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 ' +
  '1110 1210 2110 1120 2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 ' +
  '0111 0112 0211 0212 0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 ' +
  '1111 1112 1211 1212 2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222';

const straight = '0101 0202 1010 2020';
const halves = '0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010';

const arms = new Map<number, string>([
  ...entries(0x2500, straight),
  ...entries(0x250c, corners),
  ...entries(0x2574, halves),
]);

/** Rounded corners, as the arms they join. */
const arcs = new Map([
  [0x256d, { horizontal: 1, vertical: 1 }],
  [0x256e, { horizontal: -1, vertical: 1 }],
  [0x256f, { horizontal: -1, vertical: -1 }],
  [0x2570, { horizontal: 1, vertical: -1 }],
]);

/** The path of a box-drawing character whose cell starts at x, y; null for one that the font may draw. */
export function boxDrawing(codePoint: number, x: number, y: number): string | null {
  const arc = arcs.get(codePoint);
  if (arc) return roundedCorner(x, y, arc.horizontal, arc.vertical);
  const weights = arms.get(codePoint);
  if (weights === undefined) return null;
  const [up = 0, right = 0, down = 0, left = 0] = [...weights].map(Number);
  const [middleX, middleY] = [x + cellWidth / 2, y + cellHeight / 2];
  // Each arm reaches over the middle by half of what crosses it, so that corners are filled.
  const overX = Math.max(up, down) / 2;
  const overY = Math.max(left, right) / 2;
  return [
    up > 0 ? rectangle(middleX - up / 2, y, up, cellHeight / 2 + overY) : '',
    down > 0 ? rectangle(middleX - down / 2, middleY - overY, down, cellHeight / 2 + overY) : '',
    left > 0 ? rectangle(x, middleY - left / 2, cellWidth / 2 + overX, left) : '',
    right > 0 ? rectangle(middleX - overX, middleY - right / 2, cellWidth / 2 + overX, right) : '',
  ].join('');
}

/** A quarter ring of light weight between two straight ends; the signs say which way the ends point. */
function roundedCorner(x: number, y: number, horizontal: number, vertical: number): string {
  const [middleX, middleY] = [x + cellWidth / 2, y + cellHeight / 2];
  const radius = cellWidth / 2;
  const [endX, endY] = [middleX + horizontal * radius, middleY + vertical * radius];
  const edgeY = vertical > 0 ? y + cellHeight : y;
  const sweep = horizontal * vertical > 0 ? 1 : 0;
  const [outer, inner] = [radius + 0.5, radius - 0.5];
  return (
    `M${middleX - horizontal * 0.5} ${edgeY}V${endY}A${outer} ${outer} 0 0 ${sweep} ${endX} ${middleY - vertical * 0.5}` +
    `V${middleY + vertical * 0.5}A${inner} ${inner} 0 0 ${1 - sweep} ${middleX + horizontal * 0.5} ${endY}V${edgeY}z`
  );
}

function entries(first: number, table: string): [number, string][] {
  return table.split(' ').map((weights, index) => [first + index, weights]);
}
