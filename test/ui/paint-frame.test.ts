import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { frameLines } from '../../source/ui/frame.ts';
import { createFramePainter } from '../../source/ui/paint-frame.ts';
import { noPreview } from '../../source/ui/preview/preview-data.ts';
import { createScreenState } from '../../source/ui/screen-state.ts';
import type { ScreenView } from '../../source/ui/screen-store.ts';
import { emptyBase } from '../../source/ui/setup/setup-state.ts';
import { createTheme } from '../../source/ui/theme.ts';
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
