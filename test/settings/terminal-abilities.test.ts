import { expect, test } from 'vitest';
import { terminalAbilities } from '../../source/settings/terminal-abilities.ts';

const terminal = { isTTY: true };
const pipe = {};

test.each([
  ['a terminal', {}, terminal, 'auto', true],
  ['a pipe', {}, pipe, 'auto', false],
  ['NO_COLOR', { NO_COLOR: '1' }, terminal, 'auto', false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, terminal, 'auto', true],
  ['NO_COLOR against --color always', { NO_COLOR: '1' }, pipe, 'always', true],
  ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, pipe, 'auto', true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, terminal, 'auto', false],
  ['NO_COLOR beside FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal, 'auto', false],
  ['--color never', { FORCE_COLOR: '1' }, terminal, 'never', false],
  ['a dumb terminal', { TERM: 'dumb' }, terminal, 'auto', false],
] as const)('colour with %s', (_, environment, stream, option, expected) => {
  expect(terminalAbilities(environment, stream, option).hasColour).toBe(expected);
});

test.each([
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{}, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, false],
  [{ LANG: 'de_DE.ISO-8859-1', LC_CTYPE: 'de_DE.UTF-8' }, true],
  [{ LANG: 'en_US.UTF-8', TERM: 'dumb' }, false],
] as const)('glyphs beyond ASCII with %j', (environment, expected) => {
  expect(terminalAbilities(environment, terminal, 'auto').hasUnicode).toBe(expected);
});

test('a dumb terminal and a pipe cannot hold the screen', () => {
  expect(terminalAbilities({}, terminal, 'auto').isInteractive).toBe(true);
  expect(terminalAbilities({ TERM: 'dumb' }, terminal, 'auto').isInteractive).toBe(false);
  expect(terminalAbilities({}, pipe, 'auto').isInteractive).toBe(false);
});
