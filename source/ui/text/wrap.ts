import { cleanText } from '../../presentation/clean-text.ts';
import { fitText, graphemesOf, takeWidth, widthOf } from './width.ts';

/**
 * Outside text, cleaned, in at most `lineCount` lines of at most `width` columns: broken at spaces where there are some, within words and
 * between CJK characters where not; what does not fit ends in an ellipsis.
 */
export function wrapText(text: string, width: number, lineCount: number, ellipsis: string): string[] {
  const lines: string[] = [];
  // A prompt may be thousands of characters long: no more is looked at than could fit.
  let rest = cleanText(text.slice(0, (width + 1) * lineCount * 8)).trim();
  while (rest !== '' && lines.length < lineCount && width > 0) {
    const isLast = lines.length === lineCount - 1;
    if (isLast || widthOf(rest) <= width) {
      lines.push(fitText(rest, width, ellipsis));
      break;
    }
    const line = firstLine(rest, width);
    // Some musical symbols are one character of three columns.
    lines.push(widthOf(line) > width ? ellipsis : line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return lines;
}

function firstLine(text: string, width: number): string {
  const taken = takeWidth(text, width) || (graphemesOf(text)[0] ?? '');
  if (text[taken.length] === ' ') return taken;
  const space = taken.lastIndexOf(' ');
  // A break that would leave most of the line empty is worse than a cut word.
  return space > taken.length / 2 ? taken.slice(0, space + 1) : taken;
}
