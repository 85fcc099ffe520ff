import type { EditorCommand } from '../components/text-editor/state.ts';
import type { Binding } from './binding.ts';

/** The keys of shells and of Emacs, which people who live in terminals have in their fingers. Ctrl-Z suspends, so undo is Ctrl-_. */
export const editorBindings: readonly Binding<EditorCommand>[] = [
  {
    action: 'new-line',
    keys: ['alt+enter', 'ctrl+j', 'shift+enter'],
    shown: 'alt-↵ ^J',
    label: 'new line',
    help: 'A new line',
  },
  { action: 'left', keys: ['left', 'ctrl+b'], shown: '←', help: 'Left one character' },
  { action: 'right', keys: ['right', 'ctrl+f'], shown: '→', help: 'Right one character' },
  { action: 'up', keys: ['up'], shown: '↑', help: 'Up one line' },
  { action: 'down', keys: ['down'], shown: '↓', help: 'Down one line' },
  { action: 'word-left', keys: ['alt+b', 'ctrl+left', 'alt+left'], shown: 'alt-b ^←', help: 'Left one word' },
  {
    action: 'word-right',
    keys: ['alt+f', 'ctrl+right', 'alt+right'],
    shown: 'alt-f ^→',
    help: 'Right one word',
  },
  { action: 'line-start', keys: ['home', 'ctrl+a'], shown: 'Home ^A', help: 'To the start of the line' },
  { action: 'line-end', keys: ['end', 'ctrl+e'], shown: 'End ^E', help: 'To the end of the line' },
  { action: 'text-start', keys: ['ctrl+home', 'alt+<'], shown: '^Home', help: 'To the start of the text' },
  { action: 'text-end', keys: ['ctrl+end', 'alt+>'], shown: '^End', help: 'To the end of the text' },
  {
    action: 'delete-back',
    keys: ['backspace', 'shift+backspace'],
    shown: 'Backspace',
    help: 'Delete the character before',
  },
  {
    action: 'delete-forward',
    keys: ['delete', 'ctrl+d'],
    shown: 'Del ^D',
    help: 'Delete the character after',
  },
  {
    action: 'delete-word-back',
    keys: ['alt+backspace', 'ctrl+backspace'],
    shown: 'alt-Backspace',
    help: 'Delete the word before',
  },
  {
    action: 'delete-word-forward',
    keys: ['alt+d', 'ctrl+delete', 'alt+delete'],
    shown: 'alt-d',
    help: 'Delete the word after',
  },
  { action: 'cut-back-to-blank', keys: ['ctrl+w'], shown: '^W', help: 'Cut back to the space before' },
  { action: 'cut-to-line-start', keys: ['ctrl+u'], shown: '^U', help: 'Cut to the start of the line' },
  { action: 'cut-to-line-end', keys: ['ctrl+k'], shown: '^K', help: 'Cut to the end of the line' },
  { action: 'put-back', keys: ['ctrl+y'], shown: '^Y', help: 'Put back what was cut' },
  { action: 'undo', keys: ['ctrl+_', 'alt+z'], shown: '^_ alt-z', help: 'Undo' },
  { action: 'redo', keys: ['alt+_', 'alt+Z', 'alt+y'], shown: 'alt-y', help: 'Redo' },
];
