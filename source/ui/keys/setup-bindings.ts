import type { FormCommand } from '../components/parameters-form/state.ts';
import type { PickerCommand } from '../components/picker/state.ts';
import type { Binding } from './binding.ts';
import { help, helpWhileTyping } from './general-bindings.ts';

export type StepAction = 'go-on' | 'go-back' | 'help';

const goOn: Binding<'go-on'> = {
  action: 'go-on',
  keys: ['enter', 'ctrl+s'],
  shown: '↵',
  label: 'go on',
  isKept: true,
  help: 'Take this and go on; while the loop runs, from its next generation on',
};

const goBack: Binding<'go-back'> = {
  action: 'go-back',
  keys: ['escape'],
  shown: 'esc',
  label: 'back',
  help: 'Back; asks before anything that was written is thrown away',
};

export const pickerBindings: readonly Binding<PickerCommand>[] = [
  { action: 'up', keys: ['up', 'ctrl+p'], shown: '↑', help: 'Up one row' },
  { action: 'down', keys: ['down', 'ctrl+n'], shown: '↓', help: 'Down one row' },
  { action: 'page-up', keys: ['pageup'], shown: 'PgUp', help: 'Up one page' },
  { action: 'page-down', keys: ['pagedown'], shown: 'PgDn', help: 'Down one page' },
  { action: 'first', keys: ['home', 'ctrl+a'], shown: 'Home', help: 'To the first row' },
  { action: 'last', keys: ['end', 'ctrl+e'], shown: 'End', help: 'To the last row' },
  {
    action: 'delete-back',
    keys: ['backspace'],
    shown: 'Backspace',
    help: 'Take back a letter of the filter',
  },
  {
    action: 'delete-word-back',
    keys: ['ctrl+w', 'alt+backspace'],
    shown: '^W',
    help: 'Take back a word of the filter',
  },
  { action: 'clear-filter', keys: ['ctrl+u'], shown: '^U', help: 'Clear the filter' },
];

export const checkpointBindings: readonly Binding<StepAction | 'refresh'>[] = [
  { ...goOn, label: 'choose' },
  { ...goBack, help: 'Clear the filter, else back; asks before anything that was written is thrown away' },
  {
    action: 'refresh',
    keys: ['ctrl+r'],
    shown: '^R',
    label: 'refresh',
    help: 'Have the WebUI look for new checkpoint files',
  },
  helpWhileTyping,
];

export type PromptsAction = StepAction | 'switch-editor' | 'earlier-prompt' | 'later-prompt';

export const promptsBindings: readonly Binding<PromptsAction>[] = [
  goOn,
  {
    action: 'switch-editor',
    keys: ['tab', 'shift+tab'],
    shown: 'tab',
    label: 'other prompt',
    help: 'Between prompt and negative prompt',
  },
  goBack,
  {
    action: 'earlier-prompt',
    keys: ['ctrl+p', 'alt+up'],
    shown: '^P',
    label: 'earlier',
    help: 'The prompt before this one; what you are writing is kept',
  },
  { action: 'later-prompt', keys: ['ctrl+n', 'alt+down'], shown: '^N', help: 'The prompt after it again' },
  helpWhileTyping,
];

export const parametersBindings: readonly Binding<StepAction>[] = [goOn, goBack, help];

export const formBindings: readonly Binding<FormCommand>[] = [
  { action: 'previous-field', keys: ['up', 'shift+tab', 'ctrl+p'], shown: '↑', help: 'To the field above' },
  {
    action: 'next-field',
    keys: ['down', 'tab', 'ctrl+n'],
    shown: '↓ tab',
    label: 'next field',
    help: 'To the field below',
  },
  { action: 'first-field', keys: ['home'], shown: 'Home', help: 'To the first field' },
  { action: 'last-field', keys: ['end'], shown: 'End', help: 'To the last field' },
  { action: 'less', keys: ['left'], shown: '←', help: 'A little less, or the entry before' },
  { action: 'more', keys: ['right'], shown: '→', help: 'A little more, or the entry after' },
  { action: 'much-less', keys: ['-', 'pagedown'], shown: '-', help: 'Clearly less: 64 px, 5 steps' },
  { action: 'much-more', keys: ['+', 'pageup'], shown: '+', help: 'Clearly more' },
  { action: 'choose', keys: ['space'], shown: 'space', help: 'Open the list, or switch between yes and no' },
  { action: 'delete-back', keys: ['backspace', 'delete'], shown: 'Backspace', help: 'Take back a digit' },
  { action: 'clear-field', keys: ['ctrl+u', 'ctrl+w'], shown: '^U', help: 'Empty the field' },
];

export const listBindings: readonly Binding<'take' | 'close'>[] = [
  { action: 'take', keys: ['enter', 'tab'], shown: '↵', label: 'take', isKept: true, help: 'Take this one' },
  {
    action: 'close',
    keys: ['escape'],
    shown: 'esc',
    label: 'back',
    help: 'Close the list, with nothing changed',
  },
];
