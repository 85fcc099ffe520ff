import { describe, expect, test } from 'vitest';
import { demoFamilyNames } from '../../source/demo/family-names.ts';
import { examplePlan, type LoopInTest, loopInTest } from './loop-in-test.ts';

const images = (count: number) => ({ goal: { kind: 'images', count } }) as const;
const seeds = (count: number) => Array.from({ length: count }, (_, index) => 1000 + index);
/** These say no more than that there is no image. */
const hiding: ReadonlySet<string> = new Set(['sdnext', 'koboldcpp']);
const families = demoFamilyNames.map((family) => ({ family }));

/** The files that were told: each one another, of seeds that are all different. */
function expectImages(loop: LoopInTest, count: number): void {
  const told = loop.of('image').map(({ image }) => image);
  expect(told).toHaveLength(count);
  expect(new Set(told.map(({ seed }) => seed)).size).toBe(count);
  expect(new Set(told.map(({ path }) => path)).size).toBe(count);
}

describe('a loop on each family', () => {
  test.concurrent.for(families)(
    '$family: makes exactly the images asked for',
    async ({ family }, context) => {
      const loop = await loopInTest({ family }, context);
      loop.start(images(5));
      await loop.until(() => loop.of('stopped').length > 0);
      expect(loop.of('failure')).toEqual([]);
      expectImages(loop, 5);
      expect(loop.of('image').map(({ image }) => image.seed)).toEqual(seeds(5));
      expect(loop.webUi.stats().requests.flatMap((request) => request.seeds)).toEqual(seeds(5));
    },
  );

  test.concurrent.for(families)('$family: pauses after what is in flight', async ({ family }, context) => {
    const loop = await loopInTest({ family, durationMs: 150 }, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 1);
    loop.runner.send({ type: 'pause' });
    await loop.until(() => loop.runner.getSnapshot().status.kind === 'paused');
    const before = loop.of('image').length;
    expect(loop.webUi.stats().requests.flatMap((request) => request.seeds)).toHaveLength(before);
    loop.runner.send({ type: 'resume' });
    await loop.until(() => loop.of('image').length > before);
  });

  test.concurrent.for(families)('$family: a lost answer doubles no image', async ({ family }, context) => {
    const loop = await loopInTest({ family, faults: ['reset-after-saving@2'] }, context);
    loop.start(images(4));
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.of('failure').map(({ failure }) => failure.kind)).toEqual(['connection-lost']);
    expectImages(loop, 4);
    expect(loop.of('image').map(({ image }) => image.seed)).toEqual(seeds(4));
  });

  test.concurrent.for(families)('$family: a failure inside it is got over', async ({ family }, context) => {
    const loop = await loopInTest({ family, faults: ['500@2'] }, context);
    loop.start(images(4));
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.of('failure').map(({ failure }) => failure.kind)).toEqual([
      hiding.has(family) ? 'no-images' : 'server-error',
    ]);
    expectImages(loop, 4);
    expect(loop.of('image').map(({ image }) => image.seed)).toEqual(seeds(4));
  });
});

const withSeveralCheckpoints = demoFamilyNames.filter((name) => name !== 'koboldcpp' && name !== 'sd-cpp');

test.concurrent.for(withSeveralCheckpoints)(
  '%s: makes what is asked of another checkpoint',
  async (family, context) => {
    const loop = await loopInTest({ family }, context);
    loop.start({ checkpoint: 'demo-noir-fp16', ...images(4) });
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.of('failure')).toEqual([]);
    const ran = new Set(loop.webUi.stats().requests.map(({ checkpoint }) => checkpoint));
    expect([...ran]).toEqual(['demo-noir-fp16.safetensors']);
  },
);

test.concurrent.for(withSeveralCheckpoints)(
  '%s: what another checkpoint made does not count',
  async (family, context) => {
    const loop = await loopInTest({ family, faults: ['wrong-checkpoint@2'] }, context);
    loop.start(images(4));
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.of('failure').map(({ failure }) => failure.kind)).toEqual(['wrong-checkpoint']);
    expectImages(loop, 4);
  },
);

test.each(['koboldcpp', 'sd-cpp'] as const)('%s: another checkpoint asks for a person', async (family) => {
  const loop = await loopInTest({ family });
  loop.start({ checkpoint: 'demo-noir-fp16' });
  await loop.until(() => loop.runner.getSnapshot().status.kind === 'needs-you');
  expect(loop.of('failure')[0]?.failure.kind).toBe('unknown-checkpoint');
});

test('KoboldCpp: a batch becomes generations of one image, whose progress is estimated and moves on', async () => {
  const loop = await loopInTest({ family: 'koboldcpp', durationMs: 2000 });
  loop.start({ parameters: { ...examplePlan.parameters, batchSize: 4, batchCount: 2 } });
  await loop.until(() => loop.of('image').length === 1);
  const fractions: number[] = [];
  loop.runner.subscribe(() => fractions.push(loop.runner.getSnapshot().running?.fraction ?? 0));
  await loop.until(() => loop.of('image').length === 2);
  expect(Math.max(...fractions)).toBeGreaterThan(0.4);
  expect(Math.max(...fractions)).toBeLessThan(1);
  await loop.until(() => loop.runner.getSnapshot().running?.isEstimated === true);
  expect(loop.runner.getSnapshot().running?.generation.parameters).toMatchObject({
    batchSize: 1,
    batchCount: 1,
  });
});

test('what a family lacks is said when it is met', async () => {
  const loop = await loopInTest({ family: 'koboldcpp' });
  await loop.until(() => loop.runner.getSnapshot().messages.length > 0);
  expect(loop.runner.getSnapshot().messages[0]?.text).toBe(
    'The WebUI answers. KoboldCpp tells no progress (what is shown is an estimate), cannot be interrupted and makes one image at a time.',
  );
});
