import type { Binding } from './binding.ts';

export type YesNo = 'yes' | 'no';
export type LeaveAnswer = 'finish' | 'interrupt' | 'stay';

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

export const leaveBindings: readonly Binding<LeaveAnswer>[] = [
  {
    action: 'finish',
    keys: ['f', 'F', 'enter', 'y', 'Y'],
    shown: 'f ↵',
    label: 'finish and end',
    isKept: true,
    help: 'Let what is being generated finish, then end',
  },
  {
    action: 'interrupt',
    keys: ['i', 'I'],
    shown: 'i',
    label: 'interrupt and end',
    isKept: true,
    help: 'Interrupt what is being generated and end',
  },
  {
    action: 'stay',
    keys: ['escape', 'n', 'N', 'q'],
    shown: 'esc',
    label: 'stay',
    isKept: true,
    help: 'Stay',
  },
];

export const leavingBindings: readonly Binding<'interrupt' | 'stay'>[] = [
  {
    action: 'interrupt',
    keys: ['i', 'I', 'q'],
    shown: 'i',
    label: 'interrupt now',
    isKept: true,
    help: 'Do not wait: interrupt it',
  },
  {
    action: 'stay',
    keys: ['escape'],
    shown: 'esc',
    label: 'stay',
    isKept: true,
    help: 'Stay after all; the loop goes on',
  },
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
