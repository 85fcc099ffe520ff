import type { Binding } from './binding.ts';
import { help } from './general-bindings.ts';

export type GalleryAction =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'toggle-single'
  | 'open-filter'
  | 'sort'
  | 'mark'
  | 'stars-1'
  | 'stars-2'
  | 'stars-3'
  | 'stars-4'
  | 'stars-5'
  | 'clear'
  | 'keep'
  | 'reject'
  | 'undo'
  | 'again'
  | 'copy'
  | 'help'
  | 'back'
  | 'close';

/** What is done with pictures. */
export const choosingBindings: readonly Binding<GalleryAction>[] = [
  {
    action: 'toggle-single',
    keys: ['enter'],
    shown: '↵',
    label: 'open',
    isKept: true,
    help: 'One picture with all that is known of it, and back to many',
  },
  { action: 'keep', keys: ['+', '='], shown: '+', label: 'keep', help: 'Keep it' },
  {
    action: 'reject',
    keys: ['x', 'd', 'delete'],
    shown: 'x',
    label: 'reject',
    help: 'Into the trash folder beside the images; u takes it back',
  },
  {
    action: 'undo',
    keys: ['u'],
    shown: 'u',
    label: 'undo',
    isKept: true,
    help: 'Take back the last choice, and the one before',
  },
  { action: 'open-filter', keys: ['/'], shown: '/', label: 'filter', help: 'Show only some images' },
  {
    action: 'again',
    keys: ['r'],
    shown: 'r',
    label: 'again',
    help: 'Generate from it: again, variations, larger, as the plan',
  },
  {
    action: 'mark',
    keys: ['space'],
    shown: 'space',
    label: 'mark',
    help: 'Mark it; choices are then about all marked ones',
  },
  {
    action: 'sort',
    keys: ['s'],
    shown: 's',
    label: 'sort',
    help: 'The newest first, or those with the most stars',
  },
  { action: 'copy', keys: ['y'], shown: 'y', label: 'copy', help: 'Copy its seed, prompt or path' },
  { action: 'stars-1', keys: ['1'], shown: '1', help: 'One star' },
  { action: 'stars-2', keys: ['2'], shown: '2', help: 'Two stars' },
  { action: 'stars-3', keys: ['3'], shown: '3', help: 'Three stars' },
  { action: 'stars-4', keys: ['4'], shown: '4', help: 'Four stars' },
  { action: 'stars-5', keys: ['5'], shown: '5', help: 'Five stars' },
  { action: 'clear', keys: ['0'], shown: '0', help: 'No choice: neither kept nor any stars' },
  help,
  {
    action: 'back',
    keys: ['escape'],
    shown: 'esc',
    help: 'To many pictures, drop the marks, drop the filter, back to the loop',
  },
  { action: 'close', keys: ['q', 'v'], shown: 'q', label: 'back', isKept: true, help: 'Back to the loop' },
];

/** The same where there is no loop to go back to. */
export const choosingAlone: readonly Binding[] = choosingBindings.map((binding) => {
  switch (binding.action) {
    case 'back':
      return { ...binding, help: 'To many pictures, drop the marks, drop the filter, leave' };
    case 'close':
      return { ...binding, action: 'leave', label: 'leave', help: 'Leave' };
    default:
      return binding;
  }
});

/** Where one goes. */
export const galleryMoves: readonly Binding<GalleryAction>[] = [
  { action: 'left', keys: ['left', 'h'], shown: '← h', help: 'The one before' },
  { action: 'right', keys: ['right', 'l'], shown: '→ l', help: 'The next one' },
  {
    action: 'up',
    keys: ['up', 'k'],
    shown: '↑ k',
    help: 'Up one row; in its text, where one picture is shown',
  },
  { action: 'down', keys: ['down', 'j'], shown: '↓ j', help: 'Down one row' },
  { action: 'page-up', keys: ['pageup', 'ctrl+b', 'ctrl+u'], shown: 'PgUp', help: 'Up one page' },
  { action: 'page-down', keys: ['pagedown', 'ctrl+f', 'ctrl+d'], shown: 'PgDn', help: 'Down one page' },
  { action: 'first', keys: ['home', 'g'], shown: 'g', help: 'To the first, and stay with new ones' },
  { action: 'last', keys: ['end', 'G'], shown: 'G', help: 'To the last' },
];

export type AgainAction = 'same' | 'prompt' | 'variations' | 'hires' | 'plan' | 'no';

/** What is generated from a picture. */
export const againBindings: readonly Binding<AgainAction>[] = [
  {
    action: 'same',
    keys: ['enter', 'r'],
    shown: '↵ r',
    label: 'the same',
    isKept: true,
    help: 'With all its parameters',
  },
  { action: 'prompt', keys: ['p'], shown: 'p', label: 'new seed', isKept: true, help: 'With a new seed' },
  {
    action: 'variations',
    keys: ['v'],
    shown: 'v',
    label: 'variations',
    isKept: true,
    help: 'A little different',
  },
  {
    action: 'hires',
    keys: ['h'],
    shown: 'h',
    label: 'hires',
    isKept: true,
    help: 'Larger, with the hires fix',
  },
  {
    action: 'plan',
    keys: ['n'],
    shown: 'n',
    label: 'as the plan',
    isKept: true,
    help: 'The loop goes on with its parameters',
  },
  { action: 'no', keys: ['escape', 'q'], shown: 'esc', label: 'none', isKept: true, help: 'Nothing' },
];

export type CopyAction = 'seed' | 'prompt' | 'path' | 'no';

/** What is copied of a picture. */
export const copyBindings: readonly Binding<CopyAction>[] = [
  { action: 'seed', keys: ['s', 'enter', 'y'], shown: 's ↵', label: 'seed', isKept: true, help: 'Its seed' },
  { action: 'prompt', keys: ['p'], shown: 'p', label: 'prompt', isKept: true, help: 'Its prompt' },
  { action: 'path', keys: ['f'], shown: 'f', label: 'file', isKept: true, help: 'The path of its file' },
  { action: 'no', keys: ['escape', 'q'], shown: 'esc', label: 'none', isKept: true, help: 'Nothing' },
];
