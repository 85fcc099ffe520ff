import {
  pauseLabel,
  retryLabel,
  stopLabel,
  whyNoChange,
  whyNoInterrupt,
  whyNoPause,
  whyNoRetry,
  whyNoSetup,
  whyNoSkip,
  whyNoStop,
} from './availability.ts';
import type { Binding } from './binding.ts';
import { help, leave } from './general-bindings.ts';
import { unlessGone, whileLive } from './runner-availability.ts';

export type LoopAction =
  | 'pause-or-resume'
  | 'skip'
  | 'interrupt'
  | 'stop'
  | 'retry-now'
  | 'change-checkpoint'
  | 'change-prompt'
  | 'change-parameters'
  | 'new-plan'
  | 'preview'
  | 'pictures'
  | 'help'
  | 'leave';

/** What is done to the loop from the monitor. */
export const loopBindings: readonly Binding<LoopAction>[] = [
  {
    action: 'pause-or-resume',
    keys: ['p', 'space'],
    shown: 'p',
    label: pauseLabel,
    isKept: true,
    help: 'Pause after this generation, resume, start again',
    disabledReason: unlessGone(whyNoPause),
  },
  {
    action: 'skip',
    keys: ['s'],
    shown: 's',
    label: 'skip',
    help: 'Skip the rest of this batch; asks first',
    disabledReason: whileLive(whyNoSkip),
  },
  {
    action: 'interrupt',
    keys: ['!'],
    shown: '!',
    label: 'interrupt',
    help: 'End this generation now; asks first, and the loop goes on',
    disabledReason: whileLive(whyNoInterrupt),
  },
  {
    action: 'stop',
    keys: ['x'],
    shown: 'x',
    label: stopLabel,
    help: 'Stop the loop; asks about this generation',
    disabledReason: whileLive(whyNoStop),
  },
  {
    action: 'pictures',
    keys: ['v'],
    shown: 'v',
    label: 'pictures',
    help: 'See the pictures, choose among them, generate from them',
  },
  {
    action: 'preview',
    keys: ['w'],
    shown: 'w',
    label: 'preview',
    help: 'Watch the picture as it is sampled, and no more',
  },
  {
    action: 'change-checkpoint',
    keys: ['c'],
    shown: 'c',
    label: 'checkpoint',
    help: 'Another checkpoint, from the next generation on',
    disabledReason: unlessGone(whyNoChange),
  },
  {
    action: 'change-prompt',
    keys: ['e'],
    shown: 'e',
    label: 'prompt',
    help: 'Edit the prompts, from the next generation on',
    disabledReason: unlessGone(whyNoChange),
  },
  {
    action: 'change-parameters',
    keys: ['o'],
    shown: 'o',
    label: 'parameters',
    help: 'Other parameters, from the next generation on',
    disabledReason: unlessGone(whyNoChange),
  },
  {
    action: 'new-plan',
    keys: ['n'],
    shown: 'n',
    label: 'new',
    help: 'Something new: checkpoint, prompt, parameters',
    disabledReason: unlessGone(whyNoSetup),
  },
  {
    action: 'retry-now',
    keys: ['r'],
    shown: 'r',
    label: retryLabel,
    isKept: true,
    help: 'Try again now; start a runner that died',
    disabledReason: whyNoRetry,
  },
  help,
  leave,
];

export type FileListAction =
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'details'
  | 'open-filter'
  | 'back';

/** What is done in the list of files on the monitor. */
export const fileListBindings: readonly Binding<FileListAction>[] = [
  {
    action: 'open-filter',
    keys: ['/'],
    shown: '/',
    label: 'filter',
    help: 'Show only files with this name, seed or #generation',
  },
  {
    action: 'details',
    keys: ['enter'],
    shown: '↵',
    label: 'details',
    help: 'All that is known of the selected file',
  },
  { action: 'up', keys: ['up', 'k', 'ctrl+p'], shown: '↑ k', help: 'Up one file' },
  { action: 'down', keys: ['down', 'j', 'ctrl+n'], shown: '↓ j', help: 'Down one file' },
  { action: 'page-up', keys: ['pageup', 'ctrl+b', 'ctrl+u'], shown: 'PgUp', help: 'Up one page' },
  { action: 'page-down', keys: ['pagedown', 'ctrl+f', 'ctrl+d'], shown: 'PgDn', help: 'Down one page' },
  { action: 'first', keys: ['home', 'g'], shown: 'g', help: 'To the newest file, and stay with new ones' },
  { action: 'last', keys: ['end', 'G'], shown: 'G', help: 'To the oldest file' },
  {
    action: 'back',
    keys: ['escape'],
    shown: 'esc',
    help: 'Close the details, clear the filter, or take a stop back',
  },
];

export type FilterAction = 'keep-filter' | 'drop-filter' | 'delete-back' | 'clear' | 'up' | 'down';

/** While the filter of the file list is being typed. */
export const filterBindings: readonly Binding<FilterAction>[] = [
  {
    action: 'keep-filter',
    keys: ['enter'],
    shown: '↵',
    label: 'keep',
    isKept: true,
    help: 'Keep the filter',
  },
  {
    action: 'drop-filter',
    keys: ['escape'],
    shown: 'esc',
    label: 'drop',
    isKept: true,
    help: 'Show all files again',
  },
  { action: 'clear', keys: ['ctrl+u', 'ctrl+w'], shown: '^U', label: 'clear', help: 'Empty the filter' },
  { action: 'delete-back', keys: ['backspace'], shown: 'Backspace', help: 'Take back a letter' },
  { action: 'up', keys: ['up', 'ctrl+p'], shown: '↑', help: 'Up one file' },
  { action: 'down', keys: ['down', 'ctrl+n'], shown: '↓', help: 'Down one file' },
];
