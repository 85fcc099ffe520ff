import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { frameLines } from '../../source/ui/frame.ts';
import { emptyGallery } from '../../source/ui/gallery/gallery-data.ts';
import { initialGallery, wishOf } from '../../source/ui/gallery/gallery-state.ts';
import { createFramePainter } from '../../source/ui/paint-frame.ts';
import { noPreview } from '../../source/ui/preview/preview-data.ts';
import { createScreenState } from '../../source/ui/screen-state.ts';
import type { ScreenView } from '../../source/ui/screen-store.ts';
import { emptyBase } from '../../source/ui/setup/setup-state.ts';
import { createTheme } from '../../source/ui/theme.ts';
import { galleryLayoutOf } from '../../source/ui/update/on-gallery.ts';
import { exampleNow, exampleSnapshot } from './monitor/example-snapshot.ts';

const state = createScreenState({
  lastUsed: null,
  given: emptyBase,
  promptHistory: [],
  startAtOnce: null,
  auth: null,
});

function viewAt(columns: number, rows: number, screen: ScreenView['state']['screen']): ScreenView {
  return {
    state: { ...state, screen },
    snapshot: exampleSnapshot(),
    link: { kind: 'live' },
    gallery: null,
    preview: noPreview,
    columns,
    rows,
    now: exampleNow,
  };
}

const monitor = { kind: 'monitor' } as const;
const connect = { kind: 'connect', address: null } as const;

test('without images a gallery speaks of a loop only where there is one', () => {
  const screen = { kind: 'gallery', gallery: initialGallery } as const;
  const paint = createFramePainter(createTheme({ hasColour: false, hasUnicode: true }));
  const gallery = {
    ...emptyGallery,
    answered: wishOf(initialGallery, galleryLayoutOf(initialGallery, { columns: 100, rows: 30 })),
  };
  const view = { ...viewAt(100, 30, screen), gallery };
  const textOf = (shown: ScreenView) => stripVTControlCharacters(frameLines(paint(shown)).join('\n'));
  expect(textOf(view)).toContain('What the loop makes is shown here');
  const alone = textOf({ ...view, state: { ...view.state, isGalleryOnly: true } });
  expect(alone).toContain('There are no images here yet');
  expect(alone).not.toMatch(/\bloop\b/);
});

test.each([
  [120, 40],
  [180, 50],
  [80, 24],
  [60, 16],
  [40, 10],
])('a frame of %ix%i never has a line more or a column more than the terminal', (columns, rows) => {
  const paint = createFramePainter(createTheme({ hasColour: true, hasUnicode: true }));
  for (const screen of [monitor, connect]) {
    const lines = frameLines(paint(viewAt(columns, rows, screen)));
    if (columns >= 60) expect(lines).toHaveLength(rows);
    else expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  }
});

test('blocks that stand side by side are one line, without the blanks at its end', () => {
  const paint = createFramePainter(createTheme({ hasColour: false, hasUnicode: true }));
  const lines = frameLines(paint(viewAt(120, 40, monitor)));
  expect(stripVTControlCharacters(lines[1] ?? '')).toMatch(/^╭ Now ─+╮╭ Throughput ─+╮$/);
  for (const line of lines) expect(line).toBe(line.trimEnd());
});
