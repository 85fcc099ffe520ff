import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSeedChoice, maxSeed, parseSeedChoice, type SeedChoice } from '../../source/generation/seed.ts';

test('every choice can be written and read back', () => {
  const seed = fc.integer({ min: 0, max: maxSeed });
  const choice: fc.Arbitrary<SeedChoice> = fc.oneof(
    fc.constant<SeedChoice>({ kind: 'random' }),
    seed.map((from): SeedChoice => ({ kind: 'counting', from })),
    seed.map((fixed): SeedChoice => ({ kind: 'fixed', seed: fixed })),
  );
  fc.assert(
    fc.property(choice, (one) => {
      expect(parseSeedChoice(formatSeedChoice(one))).toEqual(one);
    }),
  );
});

test('the WebUI page’s -1 means random, and so does nothing', () => {
  for (const text of ['-1', '', ' Random ']) expect(parseSeedChoice(text)).toEqual({ kind: 'random' });
});

test('what no server would take is refused', () => {
  for (const text of ['4294967296', '-2', '1.5', '1e3', '= 5', '0x10', '99999999999', 'seed'])
    expect(parseSeedChoice(text)).toBeNull();
});
