import type { Binding } from './binding.ts';

export type GeneralAction = 'ask-to-leave' | 'suspend';

/** Keys that mean the same on every screen. */
export const generalBindings: readonly Binding<GeneralAction>[] = [
  {
    action: 'ask-to-leave',
    keys: ['ctrl+c'],
    shown: '^C',
    label: 'leave',
    isKept: true,
    help: 'Leave, the loop goes on; asks first, and leaves at once when pressed again',
  },
  {
    action: 'suspend',
    keys: ['ctrl+z'],
    shown: '^Z',
    help: 'Back to the shell, the loop goes on; `fg` returns',
  },
];

/** The same where there is no loop that goes on. */
export const generalAlone: readonly Binding<GeneralAction>[] = generalBindings.map((binding) => ({
  ...binding,
  help: binding.help.replace(', the loop goes on', ''),
}));

export type HelpAction = 'help';

/** Where letters are typed as text, `?` is text too. */
export const helpWhileTyping: Binding<HelpAction> = {
  action: 'help',
  keys: ['ctrl+g'],
  shown: '^G',
  label: 'help',
  isKept: true,
  help: 'This help',
};

export const help: Binding<HelpAction> = {
  action: 'help',
  keys: ['?', 'ctrl+g'],
  shown: '?',
  label: 'help',
  isKept: true,
  help: 'This help',
};

export const leave: Binding<'leave'> = {
  action: 'leave',
  keys: ['q'],
  shown: 'q',
  label: 'leave',
  isKept: true,
  help: 'Leave; the loop goes on',
};
