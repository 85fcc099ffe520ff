import { expect, test } from 'vitest';
import type { LivePreviews } from '../../source/generation/webui.ts';
import { describePreviewLack } from '../../source/presentation/preview.ts';

const every = (everyStepCount: number | null): LivePreviews => ({
  kind: 'on',
  everyStepCount,
  everyMs: 1000,
});

test.each([
  [{ kind: 'none' }, {}, 'This WebUI has no live previews.'],
  [{ kind: 'off' }, {}, "The WebUI's live previews are off: Settings > Live previews."],
  [every(10), {}, null],
  [every(19), {}, null],
  [
    every(20),
    {},
    'The WebUI makes a live preview every 20 steps, and there are 20: Settings > Live previews.',
  ],
  [every(null), { batchCount: 2 }, null],
  [
    every(null),
    {},
    'The WebUI previews finished batches only: Settings > Live previews sets after how many steps.',
  ],
] as const)('%j', (livePreviews, changes, words) => {
  expect(describePreviewLack({ livePreviews }, { steps: 20, batchCount: 1, ...changes })).toBe(words);
});
