/** D, E, M and O as strokes on a grid 4 wide and 6 high: no font, since a machine may have none. */
const letters = [
  'M0 0V6H1.8Q4 6 4 3Q4 0 1.8 0Z',
  'M4 0H0V6H4M0 3H3',
  'M0 6V0L2 3.4L4 0V6',
  'M2 0Q4 0 4 3Q4 6 2 6Q0 6 0 3Q0 0 2 0Z',
];

/** The badge in the corner that says DEMO on every picture. */
export function demoMark(width: number, height: number): string {
  const scale = Math.max(0.7, Math.min(width, height) * 0.0052);
  const [badgeWidth, badgeHeight] = [29 * scale, 12 * scale];
  const [left, top] = [width - badgeWidth - 4 * scale, height - badgeHeight - 4 * scale];
  const strokes = letters
    .map((letter, index) => `<path transform="translate(${3.75 + index * 5.85} 3)" d="${letter}"/>`)
    .join('');
  return [
    `<g transform="translate(${left} ${top}) scale(${scale})">`,
    '<rect width="29" height="12" rx="3" fill="#000" opacity="0.5"/>',
    `<g fill="none" stroke="#fff" stroke-width="1.15" stroke-linejoin="round" stroke-linecap="round" opacity="0.95">${strokes}</g>`,
    '</g>',
  ].join('');
}
