import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { readKeys } from '../../../source/ui/keys/key-press.ts';

const none: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

const chords = (input: string, key: Partial<Key> = {}) =>
  readKeys(input, { ...none, ...key }).map(({ chord }) => chord);

test('letters typed fast arrive as one event and are one key each', () => {
  expect(readKeys('k猫👩‍🚀 ', none)).toEqual([
    { chord: 'k', text: 'k' },
    { chord: '猫', text: '猫' },
    { chord: '👩‍🚀', text: '👩‍🚀' },
    { chord: 'space', text: ' ' },
  ]);
});

test('Enter, tab and control letters inside such an event are keys, not text', () => {
  expect(chords('a\r\tb\u0015')).toEqual(['a', 'enter', 'tab', 'b', 'ctrl+u']);
  expect(chords('\n')).toEqual(['ctrl+j']);
});

test.each<[string, Partial<Key>, string]>([
  ['', { leftArrow: true, ctrl: true }, 'ctrl+left'],
  ['', { tab: true, shift: true }, 'shift+tab'],
  ['', { return: true, meta: true }, 'alt+enter'],
  ['b', { meta: true }, 'alt+b'],
  ['w', { ctrl: true }, 'ctrl+w'],
  ['_', { ctrl: true }, 'ctrl+_'],
  ['\u001b', { escape: true, meta: true }, 'escape'],
])('%j with %o is %s', (input, key, chord) => {
  expect(chords(input, key)).toEqual([chord]);
});

test('releases of keys are no presses', () => {
  expect(chords('a', { eventType: 'release' })).toEqual([]);
});
