import type { ChoosableImage } from '../../presentation/choosing.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatCount, formatCounted } from '../../presentation/numbers.ts';
import { type Area, insideOf } from '../areas.ts';
import { choiceSigns } from '../gallery/choice-signs.ts';
import { emptyGallery, type GalleryData } from '../gallery/gallery-data.ts';
import { type GalleryLayout, layoutGallery, pageSize } from '../gallery/gallery-layout.ts';
import { type GalleryState, imageAt } from '../gallery/gallery-state.ts';
import { filterHint } from '../gallery/parse-filter.ts';
import { nameOf, pictureText } from '../gallery/picture-text.ts';
import type { ScreenView } from '../screen-store.ts';
import { paintLine, spansWidth } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import { fitEnd, fitText, widthOf } from '../text/width.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import type { DrawnScreen } from './drawn-screen.ts';
import type { Row } from './paint-rows.ts';

/** Many pictures on a page, or one with its text; the pictures themselves are laid over it where they are blank. */
export function drawGallery(view: ScreenView, gallery: GalleryState, area: Area, theme: Theme): DrawnScreen {
  const data = view.gallery ?? emptyGallery;
  const inside = insideOf(area);
  const hasFilterLine = gallery.isFilterOpen || gallery.filter !== '';
  const layout = layoutGallery(area, { isSingle: gallery.isSingle, hasFilterLine });
  const filterLines = hasFilterLine
    ? [paintLine(filterRow(gallery, inside.width, theme), inside.width, theme)]
    : [];
  const words = emptyText(gallery, data, view.state.isGalleryOnly);
  const body =
    words !== null
      ? wrapText(words, inside.width, inside.height - filterLines.length, theme.glyphs.ellipsis).map((text) =>
          paintLine([{ text, role: 'quiet' }], inside.width, theme),
        )
      : layout.kind === 'grid'
        ? gridLines(gallery, data, layout, inside.width, theme)
        : singleLines(gallery, data, layout, inside.width, theme);
  const cursor = gallery.isFilterOpen
    ? { x: 2 + 2 + widthOf(shownFilter(gallery, inside.width, theme)), y: 1 }
    : null;
  return {
    panels: [
      {
        name: 'gallery',
        title: titleSpans(gallery, data),
        end: endSpans(gallery, data, layout),
        height: area.height,
        lines: [...filterLines, ...body],
        isFocused: gallery.isFilterOpen,
      },
    ],
    cursor,
  };
}

/** Why there is nothing to see, and what helps; null where there is something. */
function emptyText(gallery: GalleryState, data: GalleryData, isGalleryOnly: boolean): string | null {
  if (data.trouble !== null) return data.trouble;
  if (data.answered === null) return 'Reading the list of images.';
  if (data.totalCount > 0) return null;
  if (gallery.filter !== '') return 'No image passes this filter: Esc shows all again.';
  if (gallery.sort === 'best') return 'No image has stars yet: 1 to 5 give them, s shows the newest first.';
  if (isGalleryOnly) return 'There are no images here yet; new ones are shown as they come. q leaves.';
  return 'No images yet. What the loop makes is shown here as it comes; v goes back to the loop.';
}

function titleSpans({ sort, marked }: GalleryState, { totalCount }: GalleryData): Span[] {
  const order = sort === 'newest' ? 'newest first' : 'most stars first';
  const count = totalCount === 0 ? '' : `  ${formatCounted(totalCount, 'image')}, ${order}`;
  return [
    { text: 'Pictures', role: 'strong' },
    { text: count, role: 'quiet' },
    { text: marked.size === 0 ? '' : `  ${formatCount(marked.size)} marked`, role: 'accent' },
  ];
}

function endSpans(gallery: GalleryState, { totalCount }: GalleryData, layout: GalleryLayout): Span[] {
  if (totalCount === 0) return [];
  const size = pageSize(layout);
  const first = Math.floor(gallery.selected / size) * size;
  const last = Math.min(totalCount, first + size);
  const place = size === 1 ? formatCount(first + 1) : `${formatCount(first + 1)}-${formatCount(last)}`;
  return [{ text: `${place} of ${formatCount(totalCount)}`, role: 'quiet' }];
}

function shownFilter({ filter }: GalleryState, width: number, theme: Theme): string {
  return fitEnd(cleanText(filter), Math.max(1, width - 3), theme.glyphs.ellipsis);
}

function filterRow(gallery: GalleryState, width: number, theme: Theme): Span[] {
  const text = shownFilter(gallery, width, theme);
  const hint = gallery.filter === '' ? `   ${filterHint}` : '';
  const shownHint = theme.glyphs.isAscii ? hint.replaceAll('·', '-') : hint;
  return [
    { text: `/ ${text}`, role: 'accent' },
    { text: shownHint, role: 'quiet' },
  ];
}

function gridLines(
  gallery: GalleryState,
  data: GalleryData,
  layout: Extract<GalleryLayout, { kind: 'grid' }>,
  width: number,
  theme: Theme,
): string[] {
  const { columnCount, rowCount, tileWidth, box } = layout;
  const size = columnCount * rowCount;
  const first = Math.floor(gallery.selected / size) * size;
  return Array.from({ length: rowCount }, (_, row) => {
    const indexes = Array.from({ length: columnCount }, (__, column) => first + row * columnCount + column);
    const images = indexes.map((index) => (index < data.totalCount ? imageAt(data, index) : null));
    const middle = Math.floor((box.rows - 1) / 2);
    const above = Array.from({ length: box.rows }, (__, y) => {
      const spans = images.map((image): Span => {
        const text = y === middle && image !== null ? placeholder(image, data, theme) : '';
        return { text: centred(text, tileWidth, theme), role: 'quiet' };
      });
      return paintLine(spans, width, theme);
    });
    const captions = images.flatMap((image, column) =>
      captionSpans(image, indexes[column] === gallery.selected, gallery, tileWidth, theme),
    );
    return [...above, paintLine(captions, width, theme)];
  }).flat();
}

/** What stands where a picture is not, or not yet. */
function placeholder(image: ChoosableImage, { pictures }: GalleryData, theme: Theme): string {
  const picture = pictures.get(image.path);
  if (picture === undefined) return theme.glyphs.ellipsis;
  return 'reason' in picture ? cleanText(picture.reason) : '';
}

function centred(text: string, width: number, theme: Theme): string {
  const fitted = fitText(text, width - 2, theme.glyphs.ellipsis);
  const left = Math.floor((width - widthOf(fitted)) / 2);
  return ' '.repeat(left) + fitted + ' '.repeat(width - left - widthOf(fitted));
}

function captionSpans(
  image: ChoosableImage | null,
  isSelected: boolean,
  { marked }: GalleryState,
  width: number,
  theme: Theme,
): Span[] {
  if (image === null) return [{ text: ' '.repeat(width) }];
  const signs = choiceSigns(image, theme.glyphs);
  const mark = marked.has(image.path) ? '*' : ' ';
  const pointer = isSelected ? theme.glyphs.pointer : ' ';
  const name = image.seed === null ? nameOf(image) : String(image.seed);
  const room = width - 3 - spansWidth(signs);
  const shown = fitText(cleanText(name), Math.max(1, room), theme.glyphs.ellipsis);
  const blanks = ' '.repeat(Math.max(0, room - widthOf(shown)) + 1);
  return [
    { text: pointer + mark, role: isSelected ? 'accent' : 'plain' },
    { text: shown, role: isSelected ? 'selected' : 'plain' },
    { text: ' ' },
    ...signs,
    { text: blanks.slice(1) },
  ];
}

function singleLines(
  gallery: GalleryState,
  data: GalleryData,
  { box, textLeft, textWidth }: Extract<GalleryLayout, { kind: 'single' }>,
  width: number,
  theme: Theme,
): string[] {
  const image = imageAt(data, gallery.selected);
  if (image === null) return [paintLine([{ text: theme.glyphs.ellipsis, role: 'quiet' }], width, theme)];
  const rows = pictureText(image, data.infotexts.get(image.path) ?? null, textWidth, theme.glyphs);
  const first = Math.min(gallery.firstTextRow, Math.max(0, rows.length - box.rows));
  const middle = Math.floor((box.rows - 1) / 2);
  return Array.from({ length: box.rows }, (_, y) => {
    const waiting = y === middle ? placeholder(image, data, theme) : '';
    const left: Span = { text: centred(waiting, box.columns, theme), role: 'quiet' };
    const isMore = y === box.rows - 1 && rows.length > first + box.rows;
    const row: Row = isMore
      ? [{ text: `${theme.glyphs.ellipsis} (j)`, role: 'quiet' }]
      : (rows[first + y] ?? []);
    return paintLine([left, { text: ' '.repeat(textLeft - box.columns) }, ...row], width, theme);
  });
}
