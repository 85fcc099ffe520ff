import { describe, expect, test } from 'vitest';
import { drawPicker } from '../../../../source/ui/components/picker/draw.ts';
import { filterItems, type PickerItem } from '../../../../source/ui/components/picker/filter.ts';
import {
  createPicker,
  currentItem,
  type PickerAction,
  type PickerState,
  reducePicker,
} from '../../../../source/ui/components/picker/state.ts';
import { paintLine } from '../../../../source/ui/text/paint.ts';
import { createTheme } from '../../../../source/ui/theme.ts';

const theme = createTheme({ hasColour: false, hasUnicode: true });

function item(label: string, detail = ''): PickerItem {
  return { id: label, label, detail, mark: '' };
}

const items = [
  item('animagine-xl.safetensors'),
  item('dreamshaper_8.safetensors', '879db523c3'),
  item('sub/Deliberate_v2.safetensors'),
  item('nightmare-dream.safetensors'),
];

const type = (text: string): PickerAction => ({ type: 'insert', text });
const press = (command: Extract<PickerAction, { type: 'command' }>['command']): PickerAction => ({
  type: 'command',
  command,
});

function run(state: PickerState, list: readonly PickerItem[], ...actions: PickerAction[]): PickerState {
  return actions.reduce((each, action) => reducePicker(each, action, list, 10), state);
}

describe('filtering', () => {
  test.each([
    ['dream', ['dreamshaper_8.safetensors', 'nightmare-dream.safetensors']],
    ['DELI', ['sub/Deliberate_v2.safetensors']],
    ['safe v2', ['sub/Deliberate_v2.safetensors']],
    ['879db', ['dreamshaper_8.safetensors']],
    ['nothing', []],
    ['', items.map(({ id }) => id)],
  ])('%j finds %j', (filter, found) => {
    expect(filterItems(items, filter).map(({ id }) => id)).toEqual(found);
  });
});

describe('choosing', () => {
  test('starts where it was told and stays within the list', () => {
    const start = createPicker('sub/Deliberate_v2.safetensors');
    expect(currentItem(start, items)?.id).toBe('sub/Deliberate_v2.safetensors');
    expect(currentItem(run(start, items, press('down'), press('down'), press('down')), items)?.id).toBe(
      'nightmare-dream.safetensors',
    );
    expect(currentItem(run(start, items, press('page-up')), items)?.id).toBe('animagine-xl.safetensors');
  });

  test('typing goes to the best match, and taking the filter back keeps the choice', () => {
    const typed = run(createPicker('animagine-xl.safetensors'), items, type('dream'), press('down'));
    expect(currentItem(typed, items)?.id).toBe('nightmare-dream.safetensors');
    expect(currentItem(run(typed, items, press('clear-filter')), items)?.id).toBe(
      'nightmare-dream.safetensors',
    );
  });

  test('nothing is chosen where nothing matches', () => {
    expect(currentItem(run(createPicker(null), items, type('xyz'), press('down')), items)).toBeNull();
  });

  test('a list that changes underneath keeps the choice', () => {
    const state = run(createPicker(null), items, press('last'));
    expect(currentItem(state, [item('new'), ...items])?.id).toBe('nightmare-dream.safetensors');
  });
});

describe('drawing', () => {
  const draw = (state: PickerState, list: readonly PickerItem[], width = 40, height = 3) =>
    drawPicker(state, list, { width, height }, theme.glyphs).rows.map((row) =>
      paintLine(row, width, createTheme({ hasColour: false, hasUnicode: true })).replaceAll(
        /\u001b\[\d*m/g,
        '',
      ),
    );

  test('5,000 entries are a window around the current one', () => {
    const many = Array.from({ length: 5000 }, (_, index) => item(`model-${index}`));
    expect(draw(createPicker('model-2500'), many, 16)).toEqual([
      '  model-2499    ',
      '› model-2500    ',
      '  model-2501    ',
    ]);
    expect(draw(createPicker('model-4999'), many, 16).at(-1)).toBe('› model-4999    ');
  });

  test('long names lose their middle, wide and hostile ones stay in their column', () => {
    const rows = draw(createPicker(null), [
      item(`a-very-long-${'x'.repeat(60)}-v9.safetensors`, 'aabbccddee'),
      item('一只猫坐在月球上看着地球的模型'.repeat(3)),
      item('evil\u001b[2Jname\u202e\r\n.ckpt'),
    ]);
    expect(rows[0]).toBe('› a-very-long-x….safetensors  aabbccddee');
    expect(rows[1]).toBe('  一只猫坐在月球上看…球上看着地球的模型 ');
    expect(rows[2]).toBe('  evil[2Jname .ckpt                     ');
  });
});
