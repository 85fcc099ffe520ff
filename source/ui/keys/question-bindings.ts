import type { Binding } from './binding.ts';

export type YesNo = 'yes' | 'no';
export type StopAnswer = 'finish' | 'interrupt' | 'stay';

const yes: Binding<'yes'> = {
  action: 'yes',
  keys: ['enter', 'y', 'Y'],
  shown: '↵ y',
  label: 'yes',
  isKept: true,
  help: 'Yes',
};
const no: Binding<'no'> = {
  action: 'no',
  keys: ['escape', 'n', 'N', 'q'],
  shown: 'esc n',
  label: 'no',
  isKept: true,
  help: 'No',
};

export const skipBindings: readonly Binding<YesNo>[] = [
  { ...yes, label: 'skip' },
  { ...no, label: 'keep' },
];

export const interruptBindings: readonly Binding<YesNo>[] = [
  { ...yes, label: 'interrupt' },
  { ...no, label: 'keep' },
];

export const discardBindings: readonly Binding<YesNo>[] = [
  { ...yes, label: 'throw away' },
  { ...no, label: 'go on writing' },
];

export const leaveBindings: readonly Binding<YesNo>[] = [
  { ...yes, label: 'leave' },
  { ...no, label: 'stay' },
];

export const stopBindings: readonly Binding<StopAnswer>[] = [
  {
    action: 'finish',
    keys: ['f', 'F', 'enter', 'y', 'Y'],
    shown: 'f ↵',
    label: 'finish and stop',
    isKept: true,
    help: 'Let what is being generated finish, then stop',
  },
  {
    action: 'interrupt',
    keys: ['i', 'I'],
    shown: 'i',
    label: 'interrupt and stop',
    isKept: true,
    help: 'Interrupt what is being generated and stop',
  },
  {
    action: 'stay',
    keys: ['escape', 'n', 'N', 'q'],
    shown: 'esc',
    label: 'go on',
    isKept: true,
    help: 'Go on; nothing is stopped',
  },
];

/** For a stop that waits for the running generation. */
export const stopNowBindings: readonly Binding<YesNo>[] = [
  { ...yes, keys: [...yes.keys, 'i', 'I'], label: 'interrupt' },
  { ...no, label: 'let it finish' },
];

export const helpBindings: readonly Binding<'close' | 'up' | 'down' | 'page-up' | 'page-down'>[] = [
  {
    action: 'close',
    keys: ['escape', 'q', '?', 'ctrl+g', 'enter'],
    shown: 'esc',
    label: 'close help',
    isKept: true,
    help: 'Close the help',
  },
  { action: 'up', keys: ['up', 'k'], shown: '↑', help: 'Up' },
  { action: 'down', keys: ['down', 'j', 'space'], shown: '↑↓', label: 'scroll', help: 'Down' },
  { action: 'page-up', keys: ['pageup'], shown: 'PgUp', help: 'Up one page' },
  { action: 'page-down', keys: ['pagedown'], shown: 'PgDn', help: 'Down one page' },
];
