import { describe, expect, test } from 'vitest';
import { examplePlan, loopInTest } from './loop-in-test.ts';

const goalOf = (count: number) => ({
  parameters: { ...examplePlan.parameters, batchSize: 4 },
  goal: { kind: 'images', count } as const,
});

const seeds = (count: number) => Array.from({ length: count }, (_, index) => 1000 + index);

describe.concurrent('out of memory', () => {
  test.concurrent.for(['server', 'client'] as const)(
    'with the %s saving: memory is freed, then batches are halved, and every seed comes once',
    async (saving, context) => {
      const loop = await loopInTest({ saving, faults: ['out-of-memory@1x*:2'] }, context);
      loop.start(goalOf(8));
      await loop.until(() => loop.of('stopped').length > 0, 30_000);
      expect(loop.of('failure').map(({ measure }) => measure)).toEqual([
        { kind: 'free-memory' },
        { kind: 'smaller-batch', batchSize: 2 },
      ]);
      const told = loop.of('image').map(({ image }) => image);
      expect(told.map(({ seed }) => seed)).toEqual(seeds(8));
      expect(new Set(told.map(({ path }) => path)).size).toBe(8);
      expect(loop.of('generation-finished').map(({ outcome }) => outcome)).toEqual(['finished', 'finished']);
      const { adaptation } = loop.runner.getSnapshot();
      expect(adaptation).toMatchObject({ asked: { batchSize: 4 }, made: { batchSize: 2, batchCount: 2 } });
      const texts = loop.runner.getSnapshot().messages.map(({ text }) => text);
      expect(texts.some((text) => text.includes('From now on 2 images are made together.'))).toBe(true);
    },
  );
});

test.concurrent('SD.Next hides a shortage behind an answer without images: it is found out, and met as one', async (context) => {
  const loop = await loopInTest({ family: 'sdnext', faults: ['out-of-memory@1x*:2'] }, context);
  loop.start(goalOf(8));
  await loop.until(() => loop.of('stopped').length > 0, 30_000);
  expect(loop.of('failure').map(({ failure, measure }) => [failure.kind, measure?.kind])).toEqual([
    ['out-of-memory', 'free-memory'],
    ['out-of-memory', 'smaller-batch'],
  ]);
  const [first] = loop.runner.getSnapshot().messages.filter(({ text }) => text.includes('memory'));
  expect(first?.text).toContain('The GPU probably ran out of memory: it made no image, and ');
  expect(loop.of('image').map(({ image }) => image.seed)).toEqual(seeds(8));
});

test.concurrent.for(['server', 'client'] as const)(
  'an answer that a proxy cut (524) is looked for where the %s saves, and no seed is told twice',
  async (saving, context) => {
    const loop = await loopInTest({ saving, faults: ['524@2'] }, context);
    loop.start(goalOf(12));
    await loop.until(() => loop.of('stopped').length > 0, 30_000);
    expect(loop.of('failure').map(({ failure }) => failure.httpStatus)).toEqual([524]);
    expect(
      loop
        .of('image')
        .map(({ image }) => image.seed)
        .toSorted(),
    ).toEqual(seeds(12));
    // What was saved is found; what was to be sent is gone with the answer.
    expect(loop.webUi.stats().requests).toHaveLength(saving === 'server' ? 3 : 4);
  },
);

test.concurrent('NaNs and black images now and then neither stop the loop nor cost an image', async (context) => {
  const loop = await loopInTest({ faults: ['nan@1', 'black@6', 'nan@11'] }, context);
  loop.start(goalOf(48));
  await loop.until(() => loop.of('stopped').length > 0, 30_000);
  expect(loop.of('stopped')[0]?.reason).toBe('goal-reached');
  expect(loop.of('image')).toHaveLength(48);
  expect(loop.of('failure').every(({ willRetry }) => willRetry)).toBe(true);
});
