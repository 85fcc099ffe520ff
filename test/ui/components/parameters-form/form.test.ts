import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultParameters } from '../../../../source/generation/parameters.ts';
import { drawForm } from '../../../../source/ui/components/parameters-form/draw.ts';
import { fieldsFor } from '../../../../source/ui/components/parameters-form/fields.ts';
import { readForm } from '../../../../source/ui/components/parameters-form/read.ts';
import {
  createForm,
  type FormAction,
  type FormCommand,
  type FormState,
  reduceForm,
} from '../../../../source/ui/components/parameters-form/state.ts';
import { createTheme } from '../../../../source/ui/theme.ts';
import { exampleWebUi } from '../../example-webui.ts';

const { glyphs } = createTheme({ hasColour: false, hasUnicode: true });
const fresh = createForm({ ...defaultParameters, sampler: 'Euler a' }, { kind: 'random' });
const type = (text: string): FormAction => ({ type: 'insert', text });

function on(focus: FormState['focus'], ...actions: (FormCommand | FormAction)[]): FormState {
  return actions.reduce<FormState>(
    (state, action) =>
      reduceForm(
        state,
        typeof action === 'string' ? { type: 'command', command: action } : action,
        exampleWebUi,
      ),
    { ...fresh, focus },
  );
}

function rowOf(state: FormState, label: string): string {
  const rows = drawForm(state, exampleWebUi, glyphs, 20).rows.map((row) =>
    row.map(({ text }) => text).join(''),
  );
  return rows.find((row) => row.includes(label)) ?? '';
}

describe('numbers', () => {
  test.each<[FormState['focus'], FormCommand, string]>([
    ['width', 'more', '488'],
    ['width', 'much-more', '512'],
    ['height', 'less', '264'],
    ['height', 'much-less', '256'],
    ['steps', 'much-more', '25'],
    ['cfgScale', 'more', '7.5'],
    ['batchCount', 'less', '1'],
  ])('%s %s gives %s', (field, command, text) => {
    const state = on(field, command);
    expect(Object.entries(state.texts).find(([id]) => id === field)?.[1]).toBe(text);
  });

  test('the first digit replaces the value, the next ones follow it', () => {
    expect(on('width', type('6'), type('4'), type('0')).texts.width).toBe('640');
    expect(on('width', type('640'), 'delete-back').texts.width).toBe('64');
  });

  test('a value out of range stays as it was typed and says the range beside it', () => {
    const state = on('steps', type('200'));
    expect(rowOf(state, 'Steps')).toBe('› Steps          200             from 1 to 150');
    expect(readForm(state, defaultParameters).kind).toBe('invalid');
  });

  test.each(['', '.', '1.5', 'abc'])('%j is no number of steps', (text) => {
    const state = { ...fresh, texts: { ...fresh.texts, steps: text } };
    expect(readForm(state, defaultParameters)).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'steps' }],
    });
  });

  test('a comma is a decimal point', () => {
    expect(readForm(on('cfgScale', type('7,5')), defaultParameters)).toMatchObject({
      parameters: { cfgScale: 7.5 },
    });
  });
});

describe('the seed', () => {
  test.each([
    ['1234', { kind: 'counting', from: 1234 }],
    ['=1234', { kind: 'fixed', seed: 1234 }],
    ['random', { kind: 'random' }],
    ['-1', { kind: 'random' }],
  ])('%s', (text, seed) => {
    expect(readForm(on('seed', type(text)), defaultParameters)).toMatchObject({ kind: 'valid', seed });
  });

  test('that leaves no room for the other images of a generation is refused', () => {
    expect(readForm(on('seed', type('4294967295')), defaultParameters).kind).toBe('invalid');
  });
});

describe('lists and switches', () => {
  test('typing a name opens the list, filtered', () => {
    expect(on('sampler', type('eul')).picking).toEqual({
      field: 'sampler',
      picker: { filter: 'eul', currentId: 'Euler a' },
    });
    const taken = on('sampler', 'choose', { type: 'close-list', picked: 'Euler' });
    expect(taken).toMatchObject({ sampler: 'Euler', picking: null });
  });

  test('arrows go through the names and stop at the ends', () => {
    expect(on('sampler', 'more', 'more', 'more').sampler).toBe('Euler');
    expect(on('scheduler', 'more').scheduler).toBe('Automatic');
  });

  test('restore faces is switched, and absent where the WebUI cannot', () => {
    expect(on('restoreFaces', 'choose').restoreFaces).toBe(false);
    const plain = { ...exampleWebUi, hasFaceRestoration: false, schedulers: [] };
    expect(fieldsFor(plain).map(({ id }) => id)).not.toContain('restoreFaces');
    expect(fieldsFor(plain).map(({ id }) => id)).not.toContain('scheduler');
  });
});

test('says what one generation comes to', () => {
  expect(rowOf(on('batchCount', type('2')), 'One generation')).toContain('8 images of 480x270');
});

test('says what one generation comes to on a WebUI that makes less of it', () => {
  const size = { multiple: 64, rounding: 'down', longestSide: 1024 } as const;
  const limits = { ...exampleWebUi.limits, batchSize: 1, batchCount: 1, size };
  const kobold = { ...exampleWebUi, family: 'koboldcpp', limits } as const;
  const { rows } = drawForm(on('batchCount', type('2')), kobold, glyphs, 20);
  const summary = rows.map((spans) => spans.map(({ text }) => text).join('')).at(-1);
  expect(summary).toContain('1 image of 448x256 on KoboldCpp');
});

test('stepping never leaves the limits, whatever stands in the field', () => {
  const fields = fc.constantFrom<FormState['focus']>(
    'width',
    'height',
    'steps',
    'cfgScale',
    'batchSize',
    'batchCount',
  );
  const commands = fc.constantFrom<FormCommand>('less', 'more', 'much-less', 'much-more');
  fc.assert(
    fc.property(
      fields,
      fc.array(commands, { minLength: 1, maxLength: 80 }),
      fc.string(),
      (field, presses, text) => {
        const state = on(field, type(text), ...presses);
        expect(readForm(state, defaultParameters).kind).toBe('valid');
      },
    ),
  );
});
