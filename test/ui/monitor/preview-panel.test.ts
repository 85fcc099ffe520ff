import { describe, expect, test } from 'vitest';
import { previewWords } from '../../../source/ui/monitor/preview-panel.ts';
import { noPreview } from '../../../source/ui/preview/preview-data.ts';
import { exampleWebUi } from '../example-webui.ts';
import { exampleRunning } from './example-snapshot.ts';

const on = (everyStepCount: number | null) =>
  ({ ...exampleWebUi, livePreviews: { kind: 'on', everyStepCount, everyMs: 1000 } }) as const;
const picture = { columns: 20, rows: 10, data: 'x', remove: '', byteCount: 1 };
const { id } = exampleRunning.generation;

describe('in place of a preview stands', () => {
  test('what the WebUI lacks, or what switches it on', () => {
    const without = (kind: 'none' | 'off') => ({ ...exampleWebUi, livePreviews: { kind } });
    expect(previewWords(without('none'), exampleRunning, noPreview)).toMatch(/has no live previews/);
    expect(previewWords(without('off'), exampleRunning, noPreview)).toMatch(/off: Settings > Live previews/);
  });

  test('when one comes', () => {
    expect(previewWords(on(10), exampleRunning, noPreview)).toMatch(/every 10 steps/);
    expect(previewWords(on(1), exampleRunning, noPreview)).toMatch(/every step/);
    const batches = { ...exampleRunning.generation.parameters, batchCount: 2 };
    const inBatches = {
      ...exampleRunning,
      generation: { ...exampleRunning.generation, parameters: batches },
    };
    expect(previewWords(on(null), inBatches, noPreview)).toMatch(/end of each batch/);
    expect(previewWords(on(50), exampleRunning, noPreview)).toMatch(/every 50 steps, and there are 20/);
    expect(previewWords(on(1), null, noPreview)).toMatch(/Nothing is being sampled/);
  });

  test('why it cannot be drawn', () => {
    const broken = { generationId: id, picture: { reason: 'broken or cut short' } };
    expect(previewWords(on(1), exampleRunning, broken)).toBe('broken or cut short');
  });

  test('nothing where there is one, and not that of another generation', () => {
    expect(previewWords(on(1), exampleRunning, { generationId: id, picture })).toBe('');
    expect(previewWords(on(1), exampleRunning, { generationId: id - 1, picture })).toMatch(/every step/);
  });
});
