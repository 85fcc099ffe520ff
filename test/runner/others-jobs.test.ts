import { expect, test } from 'vitest';
import { type LoopInTest, loopInTest } from './loop-in-test.ts';

/** Somebody else's generation on the same WebUI, which takes its turn like ours. */
async function generateAsNeighbour({ webUi }: LoopInTest): Promise<void> {
  const answer = await fetch(`${webUi.url}/sdapi/v1/txt2img`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'theirs', width: 64, height: 64, steps: 16 }),
  });
  expect(answer.status).toBe(200);
}

const othersOf = (loop: LoopInTest) => loop.of('generation-finished').map(({ othersCount }) => othersCount);

test('jobs of others are counted where ours waited for them, and ours are never taken for theirs', async () => {
  const loop = await loopInTest({ stepMs: 140 });
  loop.start({ goal: { kind: 'images', count: 14 } });
  await loop.until(() => loop.of('image').length >= 4);
  expect(othersOf(loop)).toEqual(Array.from({ length: othersOf(loop).length }, () => 0));
  await generateAsNeighbour(loop);
  await generateAsNeighbour(loop);
  await loop.until(() => loop.of('stopped').length > 0, 40_000);
  const counts = othersOf(loop);
  expect(counts).toHaveLength(7);
  expect(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(2);
}, 60_000);

test('nothing is said of others where a WebUI does not tell whose job it works on', async () => {
  const loop = await loopInTest({ family: 'koboldcpp' });
  loop.start({ goal: { kind: 'images', count: 3 } });
  await loop.until(() => loop.of('stopped').length > 0);
  expect(othersOf(loop)).toEqual([undefined, undefined, undefined]);
});
