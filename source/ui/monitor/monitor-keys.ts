import type { Key } from 'ink';
import { cleanText } from '../../presentation/clean-text.ts';
import type { MonitorAction, MonitorState } from './monitor-state.ts';

type NamedKey = keyof Pick<
  Key,
  'upArrow' | 'downArrow' | 'pageUp' | 'pageDown' | 'home' | 'end' | 'return' | 'escape'
>;

const namedKeys: Readonly<Record<NamedKey, MonitorAction>> = {
  upArrow: { type: 'move', rowCount: -1 },
  downArrow: { type: 'move', rowCount: 1 },
  pageUp: { type: 'page', direction: -1 },
  pageDown: { type: 'page', direction: 1 },
  home: { type: 'newest' },
  end: { type: 'oldest' },
  return: { type: 'toggle-details' },
  escape: { type: 'back' },
};

const characterKeys: Readonly<Record<string, MonitorAction>> = {
  j: { type: 'move', rowCount: 1 },
  k: { type: 'move', rowCount: -1 },
  g: { type: 'newest' },
  G: { type: 'oldest' },
  '/': { type: 'open-filter' },
};

/** What a key does to the file list; null when it is none of the list's. `input` is one character, except while a filter is typed. */
export function monitorActionFor(input: string, key: Key, state: MonitorState): MonitorAction | null {
  if (state.isFilterOpen) {
    const action = filterActionFor(input, key);
    if (action !== null) return action;
  }
  const name = (Object.keys(namedKeys) as NamedKey[]).find((candidate) => key[candidate]);
  if (name !== undefined) return namedKeys[name];
  if (key.ctrl || key.meta || state.isFilterOpen) return null;
  return Object.hasOwn(characterKeys, input) ? (characterKeys[input] ?? null) : null;
}

function filterActionFor(input: string, key: Key): MonitorAction | null {
  if (key.return) return { type: 'close-filter' };
  if (key.backspace || key.delete) return { type: 'erase-filter' };
  if (key.ctrl && input === 'u') return { type: 'clear-filter' };
  if (key.ctrl || key.meta || key.tab || key.escape) return null;
  const text = cleanText(input);
  return text === '' ? null : { type: 'type-filter', text };
}
