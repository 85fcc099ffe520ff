/** A number from 0 to 1 (never 1), each call another. */
export type Chance = () => number;

/** What befalls a loop in one round. */
export type Blow = 'kill-runner' | 'kill-screen' | 'kill-webui' | Cut;

/** An answer that is lost, in the words of the built-in WebUI (`source/demo/faults.ts`). */
export type Cut = 'reset' | 'reset-before-saving' | 'reset-after-saving' | 'truncated-json' | '502' | '504';

const shares: readonly (readonly [Blow, number])[] = [
  ['kill-runner', 30],
  ['kill-webui', 18],
  ['kill-screen', 8],
  ['reset-after-saving', 14],
  ['reset-before-saving', 10],
  ['504', 6],
  ['truncated-json', 6],
  ['reset', 4],
  ['502', 4],
];

export function chooseBlow(chance: Chance): Blow {
  const all = shares.reduce((sum, [, share]) => sum + share, 0);
  let rest = chance() * all;
  for (const [blow, share] of shares) {
    rest -= share;
    if (rest < 0) return blow;
  }
  throw new RangeError('A chance is below 1.');
}
