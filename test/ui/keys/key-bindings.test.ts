import { describe, expect, test } from 'vitest';
import { footerSpans } from '../../../source/ui/components/footer.tsx';
import { bindingsOnScreen, footerBindings, helpGroups } from '../../../source/ui/key-bindings.ts';
import { createAddressForm, createScreenState, type Screen } from '../../../source/ui/screen-state.ts';
import { allSteps, createSetup, emptyBase } from '../../../source/ui/setup/setup-state.ts';
import { spansWidth } from '../../../source/ui/text/paint.ts';
import { createTheme } from '../../../source/ui/theme.ts';
import { exampleWebUi } from '../example-webui.ts';
import { exampleSnapshot } from '../monitor/example-snapshot.ts';

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
];

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

  test.each([60, 80, 120])('the footer fits into %i columns and names the way out', (width) => {
    const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
    const spans = footerSpans(footerBindings(stateOn(screen)), exampleSnapshot(), width, glyphs);
    expect(spansWidth(spans)).toBeLessThanOrEqual(width);
    expect(spans.map(({ text }) => text).join('')).toMatch(/leave/);
  });
});

const footerText = (screen: Screen, snapshot = exampleSnapshot()) =>
  footerSpans(
    footerBindings(stateOn(screen)),
    snapshot,
    120,
    createTheme({ hasColour: false, hasUnicode: true }).glyphs,
  )
    .map(({ text }) => text)
    .join('');

test('Enter is called by where it leads, and Esc only where it leads somewhere', () => {
  expect(footerText({ kind: 'setup', setup })).toMatch(/^ ↵ choose {2}\^R refresh/);
  expect(footerText({ kind: 'setup', setup: { ...setup, stepIndex: 1 } })).toMatch(/^ ↵ go on .* esc back/);
  expect(footerText({ kind: 'setup', setup: { ...setup, stepIndex: 2 } })).toMatch(/^ ↵ generate/);
  const change = { ...setup, steps: ['parameters'], origin: 'monitor' } as const;
  expect(footerText({ kind: 'setup', setup: change })).toMatch(/^ ↵ take/);
  const stopped = exampleSnapshot({ status: { kind: 'stopped', reason: 'asked' } });
  expect(footerText({ kind: 'setup', setup: change }, stopped)).toMatch(/^ ↵ generate/);
});

test('the footer of a narrow monitor still names pause, help and leaving', () => {
  const { glyphs } = createTheme({ hasColour: false, hasUnicode: false });
  const state = stateOn({ kind: 'monitor' });
  const text = footerSpans(footerBindings(state), exampleSnapshot(), 40, glyphs)
    .map((span) => span.text)
    .join('');
  expect(text).toMatch(/p pause .*\? help .*q leave/);
});

test('the same key is called by what it does now', () => {
  const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
  const snapshot = exampleSnapshot({ status: { kind: 'paused', since: 0 } });
  const state = stateOn({ kind: 'monitor' });
  const text = footerSpans(footerBindings(state), snapshot, 120, glyphs)
    .map((span) => span.text)
    .join('');
  expect(text).toContain('p resume');
});
