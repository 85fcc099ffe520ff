import { expect, test } from 'vitest';
import { fuzzAnswers } from './fuzz-answers.ts';
import { fuzzImages } from './fuzz-images.ts';

/** `npm run bench fuzz` gives ten times as many, other ones each time. */
const inputCount = 1200;

/** What the process may have grown by, bytes: the built-in WebUIs and what is not collected yet; ten times the inputs take no more. */
const mostHeld = 600 * 2 ** 20;

async function heldBy(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  await work();
  return process.memoryUsage().rss - before;
}

test('whatever a server answers is a result, in time, with words that are safe to show', async () => {
  const held = await heldBy(async () => {
    const { inputCount: given, troubles, outcomes } = await fuzzAnswers(inputCount, 1);
    expect(troubles).toEqual([]);
    expect(given).toBeGreaterThanOrEqual(inputCount);
    // Else the answers were so broken that nothing behind the first question was reached.
    expect(outcomes.get('ok')).toBeGreaterThan(given / 20);
    expect(outcomes.size).toBeGreaterThan(8);
  });
  expect(held).toBeLessThan(mostHeld);
}, 60_000);

test('whatever an image file or an infotext holds is read in time, or not at all', async () => {
  const held = await heldBy(async () => {
    const { troubles, outcomes } = await fuzzImages(inputCount, 1);
    expect(troubles).toEqual([]);
    expect([...outcomes.keys()].sort()).toEqual(['broken', 'infotext', 'no image', 'sound']);
  });
  expect(held).toBeLessThan(mostHeld);
}, 60_000);
