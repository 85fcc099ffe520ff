import { currentItem, type PickerAction, reducePicker } from '../components/picker/state.ts';
import { findBinding } from '../keys/binding.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { checkpointBindings, pickerBindings } from '../keys/setup-bindings.ts';
import { checkpointItems } from '../setup/checkpoint-items.ts';
import type { SetupState } from '../setup/setup-state.ts';
import type { StepContext, StepResult } from './step.ts';

export function pressOnCheckpoints(setup: SetupState, key: KeyPress, context: StepContext): StepResult {
  const action = findBinding(checkpointBindings, key.chord)?.action;
  if (action === 'go-on') return choose(setup, context);
  if (action === 'go-back' && setup.picker.filter !== '') {
    return pick(setup, { type: 'command', command: 'clear-filter' }, context);
  }
  if (action !== undefined) return { kind: action, setup };
  const command = findBinding(pickerBindings, key.chord)?.action;
  if (command !== undefined) return pick(setup, { type: 'command', command }, context);
  return key.text === '' ? { kind: 'setup', setup } : typeIntoCheckpoints(setup, key.text, context);
}

export function typeIntoCheckpoints(setup: SetupState, text: string, context: StepContext): StepResult {
  return pick(setup, { type: 'insert', text }, context);
}

function pick(setup: SetupState, action: PickerAction, { webUi, pageSize }: StepContext): StepResult {
  const picker = reducePicker(setup.picker, action, checkpointItems(webUi), pageSize);
  return { kind: 'setup', setup: { ...setup, picker } };
}

/** What is first in the list counts as chosen, so that Enter alone is an answer. */
function choose(setup: SetupState, { webUi }: StepContext): StepResult {
  const item = currentItem(setup.picker, checkpointItems(webUi));
  if (item !== null)
    return { kind: 'go-on', setup: { ...setup, picker: { ...setup.picker, currentId: item.id } } };
  const note =
    webUi.checkpoints.length === 0
      ? 'There is no checkpoint to choose: put one on the server, then Ctrl-R.'
      : 'No checkpoint matches: Ctrl-U clears the filter.';
  return { kind: 'setup', setup, note };
}
