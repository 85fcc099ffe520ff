import { describe, expect, test } from 'vitest';
import { checkArguments } from '../../source/commands/check-arguments.ts';

function messageOf(...argv: string[]): string | null {
  const check = checkArguments(argv);
  return check.ok ? null : check.message;
}

describe('commands', () => {
  test('the first word that is no value names the command', () => {
    expect(checkArguments([])).toEqual({ ok: true, command: 'screen' });
    expect(checkArguments(['--model', 'run', '--prompt', 'models'])).toEqual({ ok: true, command: 'screen' });
    expect(checkArguments(['--json', 'run', '--steps', '3'])).toEqual({ ok: true, command: 'run' });
  });

  test('an unknown one is refused with the close one', () => {
    expect(messageOf('modles')).toBe('There is no command "modles". Did you mean `sdloop models`?');
    expect(messageOf('xyzzy\u001b[2J')).toBe(
      'There is no command "xyzzy[2J". `sdloop --help` lists those there are.',
    );
    expect(messageOf('screen')).toMatch(/^There is no command "screen"/);
  });

  test('words that belong nowhere are pointed at', () => {
    expect(messageOf('run', '--prompt', 'a', 'lighthouse')).toBe(
      '"lighthouse" means nothing here. Quote a prompt that has spaces in it.',
    );
    expect(messageOf('config', 'set', 'steps', '30')).toBeNull();
  });
});

describe('flags', () => {
  test('an unknown one is refused with the close one', () => {
    expect(messageOf('run', '--setps', '3')).toBe('There is no option --setps. Did you mean --steps?');
    expect(messageOf('--promt=x')).toBe('There is no option --promt. Did you mean --prompt?');
    expect(messageOf('-x')).toBe('There is no option -x. `sdloop --help` lists those there are.');
    expect(messageOf('run', '--negativePrompt', 'x')).toMatch(/Did you mean --negative-prompt\?$/);
    expect(messageOf('run', '--no-steps')).toMatch(/^There is no option --no-steps/);
    expect(messageOf('run', '--constructor')).toMatch(/^There is no option --constructor/);
  });

  test('one of another command is refused with its owner', () => {
    expect(messageOf('models', '--steps', '3')).toBe(
      '`sdloop models` has no option --steps; it belongs to `sdloop run`.',
    );
  });

  test('a missing value is refused, whatever comes instead', () => {
    const message = '--steps needs a value: --steps N, or --steps=N for one that begins with "-".';
    expect(messageOf('run', '--steps')).toBe(message);
    expect(messageOf('run', '--steps', '--json')).toBe(message);
    expect(messageOf('run', '--prompt', '-blurry')).toMatch(/^--prompt needs a value/);
  });

  test('values that begin with a dash can be given, and negative numbers need nothing', () => {
    expect(messageOf('run', '--prompt=-blurry', '--seed', '-1', '--negative-prompt', '')).toBeNull();
  });

  test('a switch takes no value, and one value is enough', () => {
    expect(messageOf('run', '--json=yes')).toBe('--json takes no value.');
    expect(messageOf('run', '--steps', '3', '--steps', '4')).toBe('--steps is given twice.');
    expect(messageOf('demo', '--fault', 'nan@1', '--fault', 'nan@2')).toBeNull();
  });

  test('a toggle can be negated', () => {
    expect(messageOf('run', '--no-restore-faces')).toBeNull();
    expect(messageOf('run', '--no-json')).toMatch(/^There is no option --no-json/);
  });

  test('what follows -- is no flag', () => {
    expect(messageOf('config', 'set', '--', 'prompt', '--dashes')).toBeNull();
  });
});
