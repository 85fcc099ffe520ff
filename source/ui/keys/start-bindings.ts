import { tryLabel, whyNoRetry } from './availability.ts';
import type { Binding } from './binding.ts';
import { help, leave } from './general-bindings.ts';
import { whyNotTold } from './runner-availability.ts';

export type ConnectAction = 'retry-now' | 'edit-address' | 'help' | 'leave';

export const connectBindings: readonly Binding<ConnectAction>[] = [
  {
    action: 'retry-now',
    keys: ['r', 'enter'],
    shown: 'r',
    label: tryLabel,
    help: 'Try again now; start a runner that died',
    disabledReason: whyNoRetry,
  },
  {
    action: 'edit-address',
    keys: ['u'],
    shown: 'u',
    label: 'address',
    help: 'Change the address, user and password',
    disabledReason: (_, link) => whyNotTold(link),
  },
  help,
  leave,
];

export type AddressAction = 'apply' | 'switch-field' | 'close' | 'help';

export const addressBindings: readonly Binding<AddressAction>[] = [
  {
    action: 'apply',
    keys: ['enter'],
    shown: '↵',
    label: 'connect',
    isKept: true,
    help: 'Connect to this address',
  },
  {
    action: 'switch-field',
    keys: ['tab', 'shift+tab', 'up', 'down'],
    shown: 'tab',
    label: 'other field',
    help: 'To the other field',
  },
  { action: 'close', keys: ['escape'], shown: 'esc', label: 'back', help: 'Back, with nothing changed' },
  { action: 'help', keys: ['ctrl+g'], shown: '^G', label: 'help', isKept: true, help: 'This help' },
];

export type ReadyAction =
  | 'repeat-last'
  | 'change-checkpoint'
  | 'change-prompt'
  | 'change-parameters'
  | 'new-plan'
  | 'help'
  | 'leave';

export const readyBindings: readonly Binding<ReadyAction>[] = [
  {
    action: 'repeat-last',
    keys: ['enter'],
    shown: '↵',
    label: 'generate',
    isKept: true,
    help: 'Generate this again, for ever',
  },
  {
    action: 'change-checkpoint',
    keys: ['c'],
    shown: 'c',
    label: 'checkpoint',
    help: 'Another checkpoint first',
  },
  { action: 'change-prompt', keys: ['e'], shown: 'e', label: 'prompt', help: 'Another prompt first' },
  {
    action: 'change-parameters',
    keys: ['o'],
    shown: 'o',
    label: 'parameters',
    help: 'Other parameters first',
  },
  {
    action: 'new-plan',
    keys: ['n'],
    shown: 'n',
    label: 'new',
    help: 'Set up something new: checkpoint, prompt, parameters',
  },
  help,
  leave,
];
