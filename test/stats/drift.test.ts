import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Notice } from '../../source/engine/notice.ts';
import type { Generation } from '../../source/generation/generation.ts';
import {
  type Crossing,
  type Drift,
  emptyDrift,
  foldDrift,
  type Surroundings,
  slowdownOf,
} from '../../source/stats/drift.ts';
import { finished, generationOf } from './notices.ts';

const calm: Surroundings = { ramUsed: 12e9, vramUsed: 7e9, fileCount: 120 };

type Folded = { readonly drift: Drift; readonly crossings: readonly Crossing[] };

function foldAll(
  notices: readonly Notice[],
  surroundings: (index: number) => Surroundings = () => calm,
): Folded {
  return notices.reduce<Folded>(
    (so, notice, index) => {
      const { drift, crossing } = foldDrift(so.drift, notice, surroundings(index));
      return { drift, crossings: crossing === null ? so.crossings : [...so.crossings, crossing] };
    },
    { drift: emptyDrift, crossings: [] },
  );
}

/** Generations of these lengths one after the other, ms. */
function lasting(durationsMs: readonly number[], make: (id: number) => Generation = generationOf): Notice[] {
  return durationsMs.map((durationMs, index) => finished(index * 5000, make(index + 1), { durationMs }));
}

const times = (count: number, durationMs: number) => Array.from({ length: count }, () => durationMs);

describe('a warning', () => {
  test('comes once at a fifth more, with what has changed since, and again only after the pace was back', () => {
    const durations = [...times(31, 2000), ...times(25, 2500), ...times(25, 2000), ...times(25, 2500)];
    const { crossings, drift } = foldAll(lasting(durations), (index) =>
      index < 31 ? calm : { ...calm, vramUsed: 9e9, fileCount: index * 4 },
    );
    expect(crossings.map(({ kind }) => kind)).toEqual(['slower', 'pace-regained', 'slower']);
    expect(crossings[0]).toMatchObject({
      baselineMsPerImage: 500,
      msPerImage: expect.closeTo(625, -2),
      before: calm,
      now: { vramUsed: 9e9 },
    });
    expect(slowdownOf(drift)).toMatchObject({ baselineMsPerImage: 500, msPerImage: 625 });
  });

  test('tells how many jobs of others were met, in the first generations and in the newest', () => {
    const durations = [...times(31, 2000), ...times(25, 2500)];
    const notices = durations.map((durationMs, index) =>
      finished(index * 5000, generationOf(index + 1), {
        durationMs,
        othersCount: index === 5 || index > 30 ? 2 : 0,
      }),
    );
    const [slower] = foldAll(notices).crossings;
    expect(slower?.othersBefore).toBe(2);
    // Of the newest twenty those since the pace fell, each with two.
    expect(slower?.othersNow).toBe(2 * 11);
  });

  test('is not taken back by a pace that is still more than a tenth slower', () => {
    const waves = Array.from({ length: 4 }, () => [...times(25, 2500), ...times(25, 2300)]).flat();
    const { crossings } = foldAll(lasting([...times(31, 2000), ...waves]));
    expect(crossings.map(({ kind }) => kind)).toEqual(['slower']);
  });

  test('does not come for a pace that stays within a tenth, however it jumps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1820, max: 2000 }), { maxLength: 150 }), (durations) => {
        expect(foldAll(lasting(durations)).crossings).toEqual([]);
      }),
    );
  });

  test('comes for any lasting slowdown of a quarter or more, whatever ten generations do in between', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 60_000 }),
        fc.double({ min: 1.25, max: 10, noNaN: true }),
        fc.array(fc.integer({ min: 1, max: 1e6 }), { maxLength: 9 }),
        (baseMs, factor, between) => {
          const durations = [...times(31, baseMs), ...between, ...times(30, baseMs * factor)];
          const kinds = foldAll(lasting(durations)).crossings.map(({ kind }) => kind);
          expect(kinds.at(-1)).toBe('slower');
        },
      ),
    );
  });

  test('and its end come in turn, and all that is kept stays small, whatever happens', () => {
    const durations = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 40, maxLength: 200 });
    fc.assert(
      fc.property(durations, (all) => {
        const { crossings, drift } = foldAll(lasting(all));
        crossings.forEach(({ kind }, index) => {
          expect(kind).toBe(index % 2 === 0 ? 'slower' : 'pace-regained');
        });
        for (const { baseline, recent } of drift.shapes)
          expect(baseline.length + recent.length).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('what says nothing about the pace', () => {
  const usual = lasting(times(31, 2000));

  test('the first generation after a load, and those that failed, lost images or were cut short', () => {
    const slow = { durationMs: 60_000 };
    const other = (id: number) => ({ ...generationOf(id), checkpoint: 'other' });
    const oddities: Notice[] = Array.from({ length: 30 }, (_, index) => 100 + index * 10).flatMap((id) => [
      finished(id, other(id), slow),
      finished(id, generationOf(id + 1), slow),
      failureOf(generationOf(id + 2)),
      finished(id, generationOf(id + 2), slow),
      finished(id, generationOf(id + 3), { ...slow, imageCount: 3 }),
      finished(id, generationOf(id + 4), { ...slow, outcome: 'abandoned' }),
    ]);
    expect(foldAll([...usual, ...oddities]).crossings).toEqual([]);
  });

  test('other sizes and checkpoints: each has a pace of its own', () => {
    const larger = (id: number) => generationOf(id, { width: 1024 });
    const { crossings, drift } = foldAll([...usual, ...lasting(times(60, 9000), larger)]);
    expect(crossings).toEqual([]);
    expect(drift.shapes).toHaveLength(2);
  });

  test('a night of ever new shapes is not kept', () => {
    const notices = lasting(times(200, 2000), (id) => generationOf(id, { width: 64 + id }));
    expect(foldAll(notices).drift.shapes.length).toBeLessThanOrEqual(16);
  });
});

function failureOf(generation: Generation): Notice {
  const failure = { kind: 'busy', detail: '' } as const;
  return { type: 'failure', at: 0, failure, generation, willRetry: true, retryDelayMs: 1 };
}
