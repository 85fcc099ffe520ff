import type { Key } from 'ink';
import { graphemesOf } from '../text/width.ts';

/** One key as a person pressed it. */
export type KeyPress = {
  /** What bindings name: `a`, `space`, `enter`, `ctrl+w`, `alt+left`, `shift+tab`. */
  readonly chord: string;
  /** What the key types; empty for keys that type nothing. */
  readonly text: string;
};

type NamedKey =
  | 'upArrow'
  | 'downArrow'
  | 'leftArrow'
  | 'rightArrow'
  | 'pageDown'
  | 'pageUp'
  | 'home'
  | 'end'
  | 'return'
  | 'escape'
  | 'tab'
  | 'backspace'
  | 'delete';

const names: readonly (readonly [NamedKey, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pagedown'],
  ['pageUp', 'pageup'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/**
 * The keys in one of Ink's input events. Text that is typed fast, or comes over a slow line, arrives as one event with several
 * characters in it.
 */
export function readKeys(input: string, key: Key): KeyPress[] {
  if (key.eventType === 'release') return [];
  const name = names.find(([flag]) => key[flag])?.[1];
  // Two fast presses of Esc arrive as one with the alt modifier.
  if (name === 'escape') return [{ chord: 'escape', text: '' }];
  if (name !== undefined) return [{ chord: withModifiers(name, key), text: '' }];
  if (input === '') return [];
  if (key.ctrl) return [{ chord: `ctrl+${input === ' ' ? 'space' : input.toLowerCase()}`, text: '' }];
  if (key.meta) return [{ chord: `alt+${input === ' ' ? 'space' : input}`, text: '' }];
  return graphemesOf(input).map(readCharacter);
}

function withModifiers(name: string, key: Key): string {
  return `${key.ctrl ? 'ctrl+' : ''}${key.meta ? 'alt+' : ''}${key.shift ? 'shift+' : ''}${name}`;
}

function readCharacter(character: string): KeyPress {
  if (character === ' ') return { chord: 'space', text: ' ' };
  if (character === '\r' || character === '\r\n') return { chord: 'enter', text: '' };
  if (character === '\t') return { chord: 'tab', text: '' };
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return { chord: `ctrl+${String.fromCharCode(code + 0x60)}`, text: '' };
  return { chord: character, text: character };
}
