import { resolve } from 'node:path';
import type { ImageHeader } from '../../gallery/image-header.ts';
import { parseInfotext } from '../../generation/infotext.ts';
import { parsePairs } from '../../generation/infotext-pairs.ts';
import { cleanLines } from '../../presentation/clean-text.ts';
import { wrapText } from '../../ui/text/wrap.ts';
import type { Event } from './notice-event.ts';

/** A picture file as `sdloop show` tells of it. */
export type ShownFile = {
  readonly path: string;
  readonly header: ImageHeader;
  readonly byteCount: number;
  readonly savedAt: number;
};

/** Longer paragraphs are wrapped in pieces: wrapping looks at all that is left for each line. */
const longestPiece = 8000;

/** Its `--json` object; the infotext as it stands in the file, and its parameters by their names there. */
export function shownFileEvent({ path, header, byteCount, savedAt }: ShownFile): Event {
  const { format, width, height, isComplete, infotext } = header;
  const {
    prompt = null,
    negativePrompt = null,
    seed = null,
  } = infotext === null ? {} : parseInfotext(infotext);
  return {
    type: 'picture',
    at: Math.round(savedAt),
    path: resolve(path),
    format,
    width,
    height,
    bytes: byteCount,
    isComplete,
    seed,
    prompt,
    negativePrompt,
    parameters: infotext === null ? null : parametersOf(infotext),
    infotext,
  };
}

/** The whole infotext, cleaned, in lines of at most `width` columns, or as long as they are. */
export function shownFileWords(infotext: string, width: number | null): string[] {
  const lines = cleanLines(infotext.trim()).split('\n');
  return width === null ? lines : lines.flatMap((line) => wrapWhole(line, width));
}

function wrapWhole(line: string, width: number): string[] {
  const lines: string[] = [];
  for (let rest = line; rest !== ''; ) {
    const cut = rest.length <= longestPiece ? rest.length : rest.lastIndexOf(' ', longestPiece) + 1;
    const end = cut > 0 ? cut : longestPiece;
    lines.push(...wrapText(rest.slice(0, end), width, Number.POSITIVE_INFINITY, '…'));
    rest = rest.slice(end);
  }
  return lines.length === 0 ? [''] : lines;
}

/** As written; fewer than three are part of a prompt, as when an infotext is read (generation/infotext.ts). */
function parametersOf(infotext: string): Record<string, string> {
  const pairs = parsePairs(
    infotext
      .trim()
      .split(/\r\n?|\n/)
      .at(-1) ?? '',
  );
  return pairs.size < 3 ? {} : Object.fromEntries(pairs);
}
