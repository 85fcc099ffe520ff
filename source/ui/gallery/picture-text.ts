import { formatBytes } from '../../presentation/byte-counts.ts';
import { checkpointName } from '../../presentation/checkpoint-name.ts';
import type { ChoosableImage } from '../../presentation/choosing.ts';
import { formatDayTime } from '../../presentation/clock-time.ts';
import { fileLink } from '../text/file-link.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import { createTheme, type Glyphs } from '../theme.ts';
import { choiceSigns } from './choice-signs.ts';
import type { GalleryLayout } from './gallery-layout.ts';

type Row = readonly Span[];

/** All that is known of an image, its prompts and its infotext in full. */
export function pictureText(
  image: ChoosableImage,
  infotext: string | null,
  width: number,
  glyphs: Glyphs,
): Row[] {
  const value = (label: string, text: string | null): Row[] =>
    text === null || text === ''
      ? []
      : wrapText(text, Math.max(1, width - 9), 3, glyphs.ellipsis).map((line, index) => [
          { text: (index === 0 ? label : '').padEnd(9), role: 'quiet' },
          { text: line },
        ]);
  const prose = (title: string, text: string | null, link?: string): Row[] =>
    text === null || text === ''
      ? []
      : [
          [],
          [{ text: title, role: 'quiet' }],
          ...text
            .split(/\r\n?|\n/)
            .slice(0, 200)
            .flatMap((line) => wrapText(line, width, 500, glyphs.ellipsis))
            .map((line): Row => [link === undefined ? { text: line } : { text: line, link }]),
        ];
  const { choice, look } = image;
  const signs = choiceSigns(image, glyphs);
  const size = image.width === null || image.height === null ? null : `${image.width}x${image.height}`;
  const sampler = [image.sampler, image.scheduler].filter(Boolean).join(' ');
  const name = wrapText(nameOf(image), width, 2, glyphs.ellipsis);
  const verdict: Span = { text: choice.verdict === 'undecided' ? '' : `  ${choice.verdict}`, role: 'quiet' };
  const rows: Row[][] = [
    name.map((text): Row => [{ text, role: 'strong' }]),
    signs.length === 0 ? [] : [[...signs, verdict]],
    value('Seed', image.seed === null ? null : String(image.seed)),
    value('Model', image.checkpoint === null ? null : checkpointName(image.checkpoint)),
    value('Size', [size, formatBytes(image.byteCount)].filter(Boolean).join('  ')),
    value('Saved', formatDayTime(image.savedAt).trim()),
    value('Sampler', sampler),
    value(
      'Steps',
      image.steps === null
        ? null
        : `${image.steps}${image.cfgScale === null ? '' : `, CFG ${image.cfgScale}`}`,
    ),
    value('Made', image.generation === null ? null : `generation #${image.generation}`),
    value('Version', image.version),
    value('Alike', look?.nearDuplicateOf ?? null),
    prose('Infotext', infotext),
    prose('Prompt', infotext === null ? image.prompt : null),
    prose('Negative prompt', infotext === null ? image.negativePrompt : null),
    prose('File', image.path, fileLink(image.path)),
  ];
  return rows.flat();
}

/** How far down a single picture's text goes: the first row that is shown at most. */
export function lastFirstRow(
  image: ChoosableImage,
  infotext: string | null,
  { textWidth, box }: Pick<Extract<GalleryLayout, { kind: 'single' }>, 'textWidth' | 'box'>,
): number {
  // Which characters draw it changes none of its rows.
  const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
  return Math.max(0, pictureText(image, infotext, textWidth, glyphs).length - box.rows);
}

/** A file's name, without its folders. */
export function nameOf({ path }: Pick<ChoosableImage, 'path'>): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
