import type { IUnicodeVersionProvider } from '@xterm/headless';
import stringWidth from 'string-width';

const zeroWidthJoiner = 0x200d;
const emojiPresentation = 0xfe0f;

/**
 * Cell widths as today's terminals have them: @xterm/headless alone knows Unicode 6, where an emoji takes one cell.
 * A character's properties are packed as xterm.js does it (`UnicodeService.createPropertyValue`): state << 3 | width << 1 | joins.
 */
export const currentWidths: IUnicodeVersionProvider = {
  version: 'current',
  wcwidth: widthOf,
  charProperties(codePoint, preceding) {
    const width = widthOf(codePoint);
    const precedingWidth = (preceding >> 1) & 3;
    const followsJoiner = preceding >> 3 === 1;
    const joins = precedingWidth > 0 && (width === 0 || followsJoiner);
    const joinedWidth = codePoint === emojiPresentation ? 2 : precedingWidth;
    const state = codePoint === zeroWidthJoiner ? 1 : 0;
    return (state << 3) | ((joins ? joinedWidth : width) << 1) | (joins ? 1 : 0);
  },
};

const known = new Map<number, 0 | 1 | 2>();

function widthOf(codePoint: number): 0 | 1 | 2 {
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  const cached = known.get(codePoint);
  if (cached !== undefined) return cached;
  const measured = stringWidth(String.fromCodePoint(codePoint));
  const width = measured >= 2 ? 2 : measured === 1 ? 1 : 0;
  known.set(codePoint, width);
  return width;
}
