/** Repeatable chance: each call gives the next number in [0, 1). */
export type Chance = () => number;

/** The same seed gives the same numbers (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A 32-bit number for a text (FNV-1a over UTF-16 units). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [low, high). */
export function between(chance: Chance, low: number, high: number): number {
  return low + (high - low) * chance();
}

/** One of the items; the list must not be empty. */
export function pick<T>(chance: Chance, items: readonly T[]): T {
  return items[Math.floor(chance() * items.length)] as T;
}
