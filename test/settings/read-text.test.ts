import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSettingText } from '../../source/settings/read-text.ts';
import { settingNames } from '../../source/settings/setting-names.ts';

function messageOf(name: (typeof settingNames)[number], text: string): string | null {
  const reading = readSettingText(name, text);
  return reading.ok ? null : reading.message;
}

describe('numbers', () => {
  test.each([
    ['width', '63', 'must be a whole number from 64 to 4096'],
    ['width', '480.5', 'must be a whole number from 64 to 4096'],
    ['steps', '1e3', 'must be a whole number from 1 to 150'],
    ['steps', 'many', 'must be a whole number from 1 to 150'],
    ['steps', '', 'must be a whole number from 1 to 150'],
    ['steps', '0x10', 'must be a whole number from 1 to 150'],
    ['cfgScale', '31', 'must be a number from 0 to 30'],
  ] as const)('%s %s is refused with its range', (name, text, message) => {
    expect(messageOf(name, text)).toBe(message);
  });

  test('the ends of a range and fractions where they make sense are taken', () => {
    expect(readSettingText('width', '64')).toEqual({ ok: true, value: 64 });
    expect(readSettingText('batchSize', '64')).toEqual({ ok: true, value: 64 });
    expect(readSettingText('cfgScale', '6.5')).toEqual({ ok: true, value: 6.5 });
  });
});

test.each(['127.0.0.1:7860', 'localhost:7860', 'gpu', 'https://host/sub', '[::1]:7860'])(
  'the address %s is taken as it is written',
  (text) => {
    expect(readSettingText('url', text)).toEqual({ ok: true, value: text });
  },
);

test.each(['', 'ftp://host', 'http://', 'two words', 'host:99999'])('the address "%s" is refused', (text) => {
  expect(messageOf('url', text)).toMatch(/^must be an http or https address/);
});

test.each(['random', '-1', '1234', '=1234', '4294967295'])('the seed %s is taken', (text) => {
  expect(messageOf('seed', text)).toBeNull();
});

test.each(['4294967296', 'dice', '1.5', '-2'])('the seed %s is refused', (text) => {
  expect(messageOf('seed', text)).toMatch(/^must be random, a whole number up to 4294967295/);
});

test('choices name each other, and credentials need both parts', () => {
  expect(messageOf('save', 'here')).toBe('must be auto, server or client');
  expect(messageOf('color', 'no')).toBe('must be auto, always or never');
  expect(messageOf('auth', 'me')).toBe('must be written user:password');
});

test('no text makes a reader throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...settingNames), fc.string({ unit: 'binary' }), (name, text) => {
      const reading = readSettingText(name, text);
      if (!reading.ok) expect(reading.message).toMatch(/^must /);
    }),
  );
});
