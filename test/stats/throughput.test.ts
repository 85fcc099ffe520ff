import { describe, expect, test } from 'vitest';
import { throughputOf } from '../../source/stats/throughput.ts';
import { activity, finished, foldAll, generationOf, series, start, step } from './notices.ts';

const minute = 60_000;

describe('rates', () => {
  test('are unknown before the first generation ends', () => {
    expect(throughputOf(foldAll([activity(0, true)]), start + 5000)).toMatchObject({
      imagesPerMinute: null,
      msPerImage: null,
      stepsPerSecond: null,
      gpuIdleShare: 0,
      history: [],
    });
  });

  test('count the time that the GPU waited', () => {
    const stats = foldAll([
      activity(0, true),
      finished(2000, generationOf(1), { durationMs: 2000 }),
      finished(5000, generationOf(2), { durationMs: 2000, gpuIdleMs: 1000 }),
    ]);
    expect(throughputOf(stats, start + 5000)).toMatchObject({
      imagesPerMinute: (8 / 5000) * minute,
      msPerImage: 625,
      gpuIdleMs: 1000,
      gpuIdleShare: 0.2,
      activeMs: 5000,
    });
  });

  test('are not lowered by a pause, neither during it nor after it', () => {
    const before = [activity(0, true), ...series(0, 5, 2000), activity(10_000, false)];
    const paused = throughputOf(foldAll(before), start + 5 * minute);
    expect(paused.imagesPerMinute).toBe(120);
    const justResumed = foldAll([...before, activity(5 * minute, true)]);
    expect(throughputOf(justResumed, start + 5 * minute).imagesPerMinute).toBe(120);
    const resumed = foldAll([...before, activity(5 * minute, true), ...series(5 * minute, 1, 2000, 6)]);
    expect(throughputOf(resumed, start + 5 * minute + 2000)).toMatchObject({
      imagesPerMinute: 120,
      activeMs: 12_000,
    });
  });

  test('are forgotten after a long rest', () => {
    const before = [activity(0, true), ...series(0, 5, 2000), activity(10_000, false)];
    expect(throughputOf(foldAll(before), start + 11 * minute).imagesPerMinute).toBeNull();
    const resumed = foldAll([...before, activity(60 * minute, true)]);
    expect(throughputOf(resumed, start + 60 * minute).imagesPerMinute).toBeNull();
    const again = foldAll([...before, activity(60 * minute, true), ...series(60 * minute, 1, 4000, 6)]);
    expect(throughputOf(again, start + 61 * minute).imagesPerMinute).toBe(60);
  });

  test('stay while one long generation runs', () => {
    const stats = foldAll([activity(0, true), ...series(0, 1, 2000)]);
    expect(throughputOf(stats, start + 30 * minute).imagesPerMinute).toBe(120);
  });

  test('follow a new pace within twenty generations', () => {
    const stats = foldAll([activity(0, true), ...series(0, 100, 2000), ...series(200_000, 20, 4000, 101)]);
    expect(throughputOf(stats, start + 280_000).imagesPerMinute).toBe(60);
  });

  test('follow a new pace within ten minutes where generations are long', () => {
    const slow = series(20_000, 2, 5 * minute, 11);
    const stats = foldAll([activity(0, true), ...series(0, 10, 2000), ...slow]);
    expect(throughputOf(stats, start + 11 * minute).imagesPerMinute).toBeCloseTo(4 / 5);
  });

  test('leave out what a person skipped, and count what failed', () => {
    const fine = [activity(0, true), ...series(0, 2, 2000)];
    const skipped = finished(5000, generationOf(3), {
      outcome: 'abandoned',
      imageCount: 0,
      durationMs: 1000,
    });
    const failed = finished(8000, generationOf(4), { outcome: 'given-up', imageCount: 0, durationMs: 4000 });
    expect(throughputOf(foldAll([...fine, skipped]), start + 5000).imagesPerMinute).toBe(120);
    expect(throughputOf(foldAll([...fine, failed]), start + 8000).imagesPerMinute).toBe(60);
  });
});

describe('steps a second', () => {
  test('are what polls saw, without loading before and decoding after', () => {
    const generation = generationOf(1);
    const stats = foldAll([
      activity(0, true),
      step(1000, generation, 0),
      step(5000, generation, 1),
      step(5500, generation, 5),
      step(6000, generation, 9),
      step(6500, generation, 13),
      step(7500, generation, 19),
      step(9000, generation, 19),
      finished(9500, generation, { durationMs: 9500 }),
    ]);
    expect(throughputOf(stats, start + 9500).stepsPerSecond).toBe(8);
  });

  test('are put together over the batches of a generation', () => {
    const generation = generationOf(1, { batchCount: 2 });
    const stats = foldAll([
      step(1000, generation, 2),
      step(2000, generation, 12),
      step(4000, generation, 3, 1),
      step(5000, generation, 13, 1),
      finished(6000, generation, { durationMs: 6000, imageCount: 8 }),
    ]);
    expect(throughputOf(stats, start + 6000).stepsPerSecond).toBe(10);
  });

  test('leave out the time between two batches, even where polls are far apart', () => {
    const generation = generationOf(1, { batchCount: 2 });
    const stats = foldAll([
      step(1000, generation, 2),
      step(2000, generation, 12),
      step(5000, generation, 13, 1),
      step(5500, generation, 18, 1),
      finished(6000, generation, { durationMs: 6000, imageCount: 8 }),
    ]);
    expect(throughputOf(stats, start + 6000).stepsPerSecond).toBe(10);
  });

  test('come from whole generations where no poll saw enough', () => {
    const generation = generationOf(1, { batchCount: 2 });
    const stats = foldAll([step(1000, generation, 12), finished(4000, generation, { durationMs: 4000 })]);
    expect(throughputOf(stats, start + 4000).stepsPerSecond).toBe(10);
  });

  test('of one generation are not taken for the next one', () => {
    const stats = foldAll([
      step(1000, generationOf(1), 2),
      step(2000, generationOf(1), 12),
      finished(2500, generationOf(2), { durationMs: 1000 }),
    ]);
    expect(throughputOf(stats, start + 2500).stepsPerSecond).toBe(20);
  });
});

describe('totals', () => {
  const generation = generationOf(1);
  const image = {
    type: 'image',
    image: { seed: 10, path: '/a.png', width: 480, height: 264, byteCount: 1, savedAt: start },
    generation,
    checkpoint: 'dream',
    durationMs: 500,
  } as const;
  const failure = { kind: 'busy', detail: '' } as const;

  test('count images as they land and generations that finished', () => {
    const stats = foldAll([
      { at: start, ...image },
      { at: start + 1, ...image },
      finished(2000, generation, { imageCount: 2 }),
    ]);
    expect(throughputOf(stats, start + 2000)).toMatchObject({
      imageCount: 2,
      generationCount: 1,
      missingCount: 2,
      givenUpCount: 0,
    });
  });

  test('count every image of a generation that was given up, and none that a person skipped', () => {
    const stats = foldAll([
      finished(1000, generation, { outcome: 'given-up', imageCount: 0 }),
      finished(2000, generation, { outcome: 'abandoned', imageCount: 0 }),
    ]);
    expect(throughputOf(stats, start + 2000)).toMatchObject({
      generationCount: 0,
      givenUpCount: 4,
      missingCount: 0,
      replacedCount: 0,
    });
  });

  test('count images in whose place the next generation makes others apart from those', () => {
    const black = { kind: 'black-image', detail: '4 of 4' } as const;
    const stats = foldAll([
      {
        at: start + 1000,
        type: 'failure',
        failure: black,
        generation,
        willRetry: true,
        retryDelayMs: null,
        measure: { kind: 'next-generation' },
      },
      finished(1000, generation, { outcome: 'given-up', imageCount: 0 }),
      finished(2000, { ...generation, id: generation.id + 1 }, { outcome: 'given-up', imageCount: 0 }),
    ]);
    expect(throughputOf(stats, start + 2000)).toMatchObject({ replacedCount: 4, givenUpCount: 4 });
  });

  test('count retries of generations, not attempts to connect', () => {
    const stats = foldAll([
      { at: start, type: 'failure', failure, generation: null, willRetry: true, retryDelayMs: 1000 },
      { at: start, type: 'failure', failure, generation, willRetry: true, retryDelayMs: 1000 },
      { at: start, type: 'failure', failure, generation, willRetry: false, retryDelayMs: null },
    ]);
    expect(throughputOf(stats, start).retryCount).toBe(1);
  });
});

describe('the history', () => {
  const rates = (count: number, rate: number | null) => Array<number | null>(count).fill(rate);

  test('is as level as the pace, though images land in bunches', () => {
    const stats = foldAll([activity(0, true), ...series(0, 4, 45_000)]);
    const { history, historyStepMs } = throughputOf(stats, start + 180_000);
    expect(history.length * historyStepMs).toBe(180_000);
    for (const rate of history) expect(rate).toBeCloseTo((4 * minute) / 45_000);
  });

  test('has a gap where the loop rested', () => {
    const stats = foldAll([
      activity(0, true),
      ...series(0, 15, 2000),
      activity(30_000, false),
      activity(90_000, true),
      ...series(90_000, 15, 2000, 16),
    ]);
    const expected = [...rates(6, 120), ...rates(12, null), ...rates(6, 120)];
    expect(throughputOf(stats, start + 120_000).history).toEqual(expected);
  });

  test('keeps the gap of a rest while the first generation after it runs', () => {
    const rested = [activity(0, true), ...series(0, 15, 2000), activity(30_000, false)];
    const gap = [...rates(6, 120), ...rates(18, null)];
    expect(throughputOf(foldAll(rested), start + 119_000).history).toEqual(gap);
    const resumed = foldAll([...rested, activity(120_000, true)]);
    expect(throughputOf(resumed, start + 125_000).history).toEqual(gap);
  });

  test('does not call the generation that still runs a gap', () => {
    const stats = foldAll([activity(0, true), ...series(0, 15, 2000)]);
    expect(throughputOf(stats, start + 95_000).history).toEqual(rates(6, 120));
  });

  test('takes longer steps the longer the run is, and loses nothing by it', () => {
    const stats = foldAll([activity(0, true), ...series(0, 600, 2000)]);
    const { history, historyStepMs } = throughputOf(stats, start + 1_200_000);
    expect(historyStepMs).toBe(10_000);
    expect(history).toEqual(rates(120, 120));
  });

  test('still shows what was made before an hour of rest', () => {
    const stats = foldAll([activity(0, true), ...series(0, 100, 2000), activity(200_000, false)]);
    expect(throughputOf(stats, start + 3_600_000).history.slice(0, 5)).toEqual(rates(5, 120));
  });

  test('shows the newest hour and a third', () => {
    const stats = foldAll([
      activity(0, true),
      ...series(0, 2000, 2000),
      ...series(4_000_000, 300, 20_000, 2001),
    ]);
    const { history, historyStepMs } = throughputOf(stats, start + 10_000_000);
    expect(history.length * historyStepMs).toBe(4_800_000);
    expect(history.every((rate) => rate !== null && Math.abs(rate - 12) < 1e-6)).toBe(true);
  });
});
