import type { Notice } from '../engine/notice.ts';
import { imageCountOf } from '../generation/generation.ts';

/** Images that were planned and did not come, by what became of them; those that a person gave up are in none of them. */
export type NotMade = {
  /** Of generations that were given up. */
  readonly givenUpCount: number;
  /** Of generations in whose place the next one made others. */
  readonly replacedCount: number;
  /** Of generations that finished without them. */
  readonly missingCount: number;
};

export const nothingNotMade: NotMade = { givenUpCount: 0, replacedCount: 0, missingCount: 0 };

/** With one more generation that has ended; `isReplaced` where the next one makes others in place of its images. */
export function addNotMade(
  before: NotMade,
  { generation, outcome, imageCount }: Extract<Notice, { type: 'generation-finished' }>,
  isReplaced: boolean,
): NotMade {
  const { givenUpCount, replacedCount, missingCount } = before;
  const count = Math.max(0, imageCountOf(generation) - imageCount);
  if (outcome === 'abandoned') return { givenUpCount, replacedCount, missingCount };
  if (outcome === 'finished') return { givenUpCount, replacedCount, missingCount: missingCount + count };
  if (isReplaced) return { givenUpCount, replacedCount: replacedCount + count, missingCount };
  return { givenUpCount: givenUpCount + count, replacedCount, missingCount };
}
