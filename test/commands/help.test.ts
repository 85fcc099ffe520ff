import { expect, test } from 'vitest';
import { type CommandName, commands } from '../../source/commands/command-table.ts';
import { readFlags } from '../../source/commands/flags.ts';
import { helpText, optionUsage } from '../../source/commands/help.ts';
import { type OptionName, options } from '../../source/commands/options.ts';
import { secretSettings, settingNames } from '../../source/settings/setting-names.ts';

const isSecret = (name: string) => (secretSettings as readonly string[]).includes(name);

const names = Object.keys(commands) as CommandName[];

test.each(names)('the help of %s names its options, shows examples first and fits 80 columns', (name) => {
  const text = helpText(name);
  for (const option of commands[name].options) expect(text).toContain(optionUsage(option));
  expect(text.indexOf('Examples')).toBeLessThan(text.indexOf('Options'));
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test('the help of the whole names every command', () => {
  for (const { usage } of Object.values(commands)) expect(helpText('screen')).toContain(`sdloop ${usage}`);
});

test('every setting but the secret ones is an option, and every option belongs to a command', () => {
  expect(Object.keys(options)).toEqual(
    expect.arrayContaining(settingNames.filter((name) => !isSecret(name))),
  );
  expect(Object.keys(options).filter(isSecret)).toEqual([]);
  const owned = new Set(Object.values(commands).flatMap((command): readonly OptionName[] => command.options));
  expect([...owned].sort()).toEqual(Object.keys(options).sort());
});

test('flags are read with their ranges', () => {
  expect(
    readFlags({ steps: '30', count: '8', restoreFaces: false, fault: ['nan@1'], json: true }),
  ).toMatchObject({
    ok: true,
    value: { settings: { steps: 30, restoreFaces: false }, count: 8, faults: ['nan@1'], isJson: true },
  });
  expect(readFlags({ steps: '0' })).toEqual({
    ok: false,
    message: '--steps must be a whole number from 1 to 150.',
  });
});

test.each([
  ['count', '0', '--count must be a whole number of at least 1.'],
  ['count', '1.5', '--count must be a whole number of at least 1.'],
  ['count', '-3', '--count must be a whole number of at least 1.'],
  ['port', '65536', '--port must be a whole number from 0 to 65535.'],
])('--%s %s is refused', (name, text, message) => {
  expect(readFlags({ [name]: text })).toEqual({ ok: false, message });
});
