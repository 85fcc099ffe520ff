import { choicesFor } from '../components/parameters-form/fields.ts';
import { type FormAction, reduceForm } from '../components/parameters-form/state.ts';
import { currentItem, type PickerAction, reducePicker } from '../components/picker/state.ts';
import { findBinding } from '../keys/binding.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { formBindings, listBindings, parametersBindings, pickerBindings } from '../keys/setup-bindings.ts';
import { nameItems } from '../setup/checkpoint-items.ts';
import type { SetupState } from '../setup/setup-state.ts';
import type { StepContext, StepResult } from './step.ts';

export function pressOnParameters(setup: SetupState, key: KeyPress, context: StepContext): StepResult {
  if (setup.form.picking !== null) return pressOnList(setup, setup.form.picking, key, context);
  const action = findBinding(parametersBindings, key.chord)?.action;
  if (action !== undefined) return { kind: action, setup };
  // A seed may begin with a minus: -1 is the WebUIs' word for random.
  const isTyped = key.text !== '' && setup.form.focus === 'seed' && key.chord === '-';
  const command = isTyped ? undefined : findBinding(formBindings, key.chord)?.action;
  if (command !== undefined) return change(setup, { type: 'command', command }, context);
  return key.text === '' ? { kind: 'setup', setup } : typeIntoParameters(setup, key.text, context);
}

export function typeIntoParameters(setup: SetupState, text: string, context: StepContext): StepResult {
  const { picking } = setup.form;
  if (picking !== null) return filter(setup, picking, { type: 'insert', text }, context);
  return change(setup, { type: 'insert', text }, context);
}

type Picking = NonNullable<SetupState['form']['picking']>;

function pressOnList(setup: SetupState, picking: Picking, key: KeyPress, context: StepContext): StepResult {
  const items = itemsOf(picking, context);
  switch (findBinding(listBindings, key.chord)?.action) {
    case 'take': {
      const item = currentItem(picking.picker, items);
      if (item === null) return { kind: 'setup', setup, note: 'None matches: Ctrl-U clears the filter.' };
      return change(setup, { type: 'close-list', picked: item.id }, context);
    }
    case 'close':
      return change(setup, { type: 'close-list', picked: null }, context);
    case undefined: {
      const command = findBinding(pickerBindings, key.chord)?.action;
      if (command !== undefined) return filter(setup, picking, { type: 'command', command }, context);
      return key.text === '' ? { kind: 'setup', setup } : typeIntoParameters(setup, key.text, context);
    }
  }
}

function filter(setup: SetupState, picking: Picking, action: PickerAction, context: StepContext): StepResult {
  const picker = reducePicker(picking.picker, action, itemsOf(picking, context), context.pageSize);
  return { kind: 'setup', setup: { ...setup, form: { ...setup.form, picking: { ...picking, picker } } } };
}

function itemsOf({ field }: Picking, { webUi }: StepContext) {
  return nameItems(choicesFor(field, webUi) ?? []);
}

function change(setup: SetupState, action: FormAction, { webUi }: StepContext): StepResult {
  return { kind: 'setup', setup: { ...setup, form: reduceForm(setup.form, action, webUi) } };
}
