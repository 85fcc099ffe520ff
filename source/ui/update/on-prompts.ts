import { formatCount } from '../../presentation/numbers.ts';
import { type EditorAction, maxTextLength } from '../components/text-editor/state.ts';
import { findBinding } from '../keys/binding.ts';
import { editorBindings } from '../keys/editor-bindings.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { promptsBindings } from '../keys/setup-bindings.ts';
import { editFocused, recallPrompt, switchEditor } from '../setup/prompts-state.ts';
import type { SetupState } from '../setup/setup-state.ts';
import type { StepContext, StepResult } from './step.ts';

export function pressOnPrompts(setup: SetupState, key: KeyPress, context: StepContext): StepResult {
  const action = findBinding(promptsBindings, key.chord)?.action;
  switch (action) {
    case 'switch-editor':
      return { kind: 'setup', setup: { ...setup, prompts: switchEditor(setup.prompts) } };
    case 'earlier-prompt':
      return recall(setup, 1, context);
    case 'later-prompt':
      return recall(setup, -1, context);
    case 'go-on':
    case 'go-back':
    case 'help':
      return { kind: action, setup };
    case undefined: {
      const command = findBinding(editorBindings, key.chord)?.action;
      if (command !== undefined) return edit(setup, { type: 'command', command }, context);
      return key.text === '' ? { kind: 'setup', setup } : pasteIntoPrompts(setup, key.text, context);
    }
  }
}

export function pasteIntoPrompts(setup: SetupState, text: string, context: StepContext): StepResult {
  return edit(setup, { type: 'insert', text }, context);
}

function edit(setup: SetupState, action: EditorAction, { wrapWidth }: StepContext): StepResult {
  const prompts = editFocused(setup.prompts, action, wrapWidth);
  const isFull = prompts[prompts.focus].isFull;
  const note = `A prompt holds at most ${formatCount(maxTextLength)} characters; the rest was left out.`;
  return { kind: 'setup', setup: { ...setup, prompts }, ...(isFull && { note }) };
}

function recall(setup: SetupState, by: 1 | -1, { wrapWidth }: StepContext): StepResult {
  const prompts = recallPrompt(setup.prompts, by, wrapWidth);
  if (prompts !== null) return { kind: 'setup', setup: { ...setup, prompts } };
  const note = by === 1 ? 'There is no earlier prompt.' : 'This is the newest: what you are writing now.';
  return { kind: 'setup', setup, note };
}
