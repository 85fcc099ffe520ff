import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { RunnerLink } from '../../../source/presentation/runner-link.ts';
import type { LoopStatus, Snapshot } from '../../../source/presentation/snapshot.ts';
import { footerSpans } from '../../../source/ui/components/footer.ts';
import { initialGallery } from '../../../source/ui/gallery/gallery-state.ts';
import { bindingsOnScreen, footerBindings, helpGroups } from '../../../source/ui/key-bindings.ts';
import { initialMonitorState, type MonitorState } from '../../../source/ui/monitor/monitor-state.ts';
import { noPreview } from '../../../source/ui/preview/preview-data.ts';
import {
  createAddressForm,
  createScreenState,
  type Overlay,
  type Screen,
} from '../../../source/ui/screen-state.ts';
import { drawHelp } from '../../../source/ui/screens/help.ts';
import { allSteps, createSetup, emptyBase } from '../../../source/ui/setup/setup-state.ts';
import { widthOf } from '../../../source/ui/text/width.ts';
import { createTheme } from '../../../source/ui/theme.ts';
import { exampleWebUi } from '../example-webui.ts';
import { exampleNow, exampleSnapshot } from '../monitor/example-snapshot.ts';

const setup = createSetup(emptyBase, { steps: allSteps, origin: null, webUi: exampleWebUi, history: [] });
const picking = { field: 'sampler', picker: { filter: '', currentId: null } } as const;

const screens: readonly (readonly [string, Screen])[] = [
  ['connect', { kind: 'connect', address: null }],
  ['address', { kind: 'connect', address: createAddressForm('http://a', null) }],
  ['ready', { kind: 'ready', plan: { ...emptyBase, checkpoint: 'a' }, changes: [] }],
  ['checkpoint', { kind: 'setup', setup }],
  ['prompts', { kind: 'setup', setup: { ...setup, stepIndex: 1 } }],
  ['parameters', { kind: 'setup', setup: { ...setup, stepIndex: 2 } }],
  ['sampler', { kind: 'setup', setup: { ...setup, stepIndex: 2, form: { ...setup.form, picking } } }],
  ['monitor', { kind: 'monitor' }],
  ['gallery', { kind: 'gallery', gallery: initialGallery }],
  ['filter of the gallery', { kind: 'gallery', gallery: { ...initialGallery, isFilterOpen: true } }],
];

const live: RunnerLink = { kind: 'live' };

const stateOn = (screen: Screen) => ({
  ...createScreenState({
    lastUsed: null,
    given: emptyBase,
    promptHistory: [],
    startAtOnce: null,
    auth: null,
  }),
  screen,
});

describe.each(screens)('%s', (_, screen) => {
  const groups = bindingsOnScreen(screen, false);

  test('no key of a table means two things', () => {
    for (const { bindings } of groups) {
      const keys = bindings.flatMap((binding) => binding.keys);
      expect(keys.length).toBe(new Set(keys).size);
    }
  });

  test('every key is in the help with a sentence', () => {
    const known = new Set(
      helpGroups(stateOn(screen)).flatMap(({ bindings }) => bindings.map(({ help }) => help)),
    );
    for (const binding of groups.flatMap(({ bindings }) => bindings)) {
      expect(known).toContain(binding.help);
      expect(binding.help).toMatch(/^\S.+[^.]$/);
    }
  });

  test.each([60, 80, 120])('the help says each key whole at %i columns, and why it cannot', (columns) => {
    const gone: RunnerLink = { kind: 'lost', at: exampleNow };
    for (const link of [live, gone]) {
      const lines = helpLines(screen, { columns, link });
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns - 2);
      const text = lines.join(' ').replace(/\s+/g, ' ');
      expect(text).not.toContain('…');
      for (const { help, disabledReason } of groups.flatMap(({ bindings }) => bindings)) {
        const reason = disabledReason?.(exampleSnapshot(), link) ?? null;
        expect(text).toContain(reason === null ? help : `${help} (${reason})`);
      }
    }
  });

  test.each([60, 80, 120])('the footer fits into %i columns and names the way out', (width) => {
    const text = footerText(screen, { width });
    expect(widthOf(text)).toBeLessThanOrEqual(width);
    expect(text).toMatch(/leave/);
  });
});

/** All rows of the help, however high. */
function helpLines(
  screen: Screen,
  { columns, link }: { readonly columns: number; readonly link: RunnerLink },
): readonly string[] {
  const state = stateOn(screen);
  const snapshot = exampleSnapshot();
  const view = {
    state,
    snapshot,
    link,
    gallery: null,
    preview: noPreview,
    columns,
    rows: 200,
    now: exampleNow,
  };
  const theme = createTheme({ hasColour: false, hasUnicode: true });
  const drawn = drawHelp(helpGroups(state), 0, view, { width: columns, height: 200 }, theme);
  return drawn.panels.flatMap(({ lines }) => lines.map(stripVTControlCharacters));
}

function footerText(
  screen: Screen,
  {
    snapshot = exampleSnapshot(),
    link = live,
    width = 120,
    overlay = null,
    monitor = initialMonitorState,
  }: {
    readonly snapshot?: Snapshot;
    readonly link?: RunnerLink;
    readonly width?: number;
    readonly overlay?: Overlay | null;
    readonly monitor?: MonitorState;
  } = {},
): string {
  const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
  const facts = { state: { ...stateOn(screen), overlay, monitor }, snapshot, link };
  const spans = footerSpans(footerBindings(facts), facts, width, glyphs);
  return spans.map(({ text }) => text).join('');
}

test('a gallery without a loop speaks of none', () => {
  const screen = { kind: 'gallery', gallery: initialGallery } as const;
  const alone = { ...stateOn(screen), isGalleryOnly: true };
  const helpOf = (state: typeof alone) =>
    helpGroups(state).flatMap(({ bindings }) => bindings.map(({ help }) => help));
  expect(helpOf({ ...alone, isGalleryOnly: false }).join()).toContain('Back to the loop');
  expect(helpOf(alone).filter((sentence) => /\bloop goes|the loop$/.test(sentence))).toEqual([]);
  const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
  const facts = { state: alone, snapshot: exampleSnapshot(), link: live };
  const footer = footerSpans(footerBindings(facts), facts, 120, glyphs).map(({ text }) => text);
  expect(footer.join('')).toMatch(/\? help {2}q leave/);
});

test('Enter is called by where it leads, and Esc only where it leads somewhere', () => {
  expect(footerText({ kind: 'setup', setup })).toMatch(/^ ↵ choose {2}\^R refresh/);
  expect(footerText({ kind: 'setup', setup: { ...setup, stepIndex: 1 } })).toMatch(/^ ↵ go on .* esc back/);
  expect(footerText({ kind: 'setup', setup: { ...setup, stepIndex: 2 } })).toMatch(/^ ↵ generate/);
  const change = { ...setup, steps: ['parameters'], origin: 'monitor' } as const;
  expect(footerText({ kind: 'setup', setup: change })).toMatch(/^ ↵ take/);
  const stopped = exampleSnapshot({ status: { kind: 'stopped', reason: 'asked' } });
  expect(footerText({ kind: 'setup', setup: change }, { snapshot: stopped })).toMatch(/^ ↵ generate/);
  expect(footerText({ kind: 'gallery', gallery: initialGallery })).toMatch(/^ ↵ open/);
  expect(footerText({ kind: 'gallery', gallery: { ...initialGallery, isSingle: true } })).toMatch(/^ ↵ many/);
});

test('the footer of a narrow monitor still names pause, help and leaving', () => {
  expect(footerText({ kind: 'monitor' }, { width: 40 })).toMatch(/p pause .*\? help .*q leave/);
});

test('the same key is called by what it does now', () => {
  const footerWhile = (status: LoopStatus) =>
    footerText({ kind: 'monitor' }, { snapshot: exampleSnapshot({ status }) });
  expect(footerWhile({ kind: 'paused', since: 0 })).toContain('p resume');
  expect(footerWhile({ kind: 'generating' })).toContain('x stop ');
  expect(footerWhile({ kind: 'stopping' })).toMatch(/p go on .*x stop now/);
});

describe('what starts it all again', () => {
  const plan = { ...emptyBase, checkpoint: 'a' };
  const stopped = exampleSnapshot({ status: { kind: 'stopped', reason: 'asked' }, plan, running: null });

  test.each([60, 80])('stands first after a stop, with Enter, at %i columns', (width) => {
    const text = footerText({ kind: 'monitor' }, { snapshot: stopped, width });
    expect(text).toMatch(/^ ↵ p start again {2}n new .*help .*q leave/);
    expect(text).not.toContain('details');
  });

  test('leaves Enter to the file that is selected', () => {
    const monitor = { ...initialMonitorState, selected: { index: 0, id: 1 } };
    expect(footerText({ kind: 'monitor' }, { snapshot: stopped, monitor, width: 160 })).toMatch(
      /^ p start again .*↵ details/,
    );
  });

  test.each([60, 80])('stands first after the runner died, at %i columns', (width) => {
    const link = { kind: 'lost', at: 0 } as const;
    const text = footerText({ kind: 'monitor' }, { link, width });
    expect(text).toMatch(/^ ↵ r start again .*help .*q leave/);
    expect(text.match(/start again/g)).toHaveLength(1);
  });
});

test.each(['leave', 'stop', 'stop-now'] as const)('the answers to %s fit into 60 columns', (kind) => {
  expect(widthOf(footerText({ kind: 'monitor' }, { overlay: { kind }, width: 200 }))).toBeLessThanOrEqual(60);
});
