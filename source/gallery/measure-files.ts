import { setTimeout as after } from 'node:timers/promises';
import type { FileIndex } from './file-index.ts';
import { statFiles } from './stat-files.ts';

const atOnce = 32;
const lookedAtOnce = 4096;
const restMs = 10;

/** Totals change on the screen once a second while they are being added up, not with every batch. */
const tellEveryMs = 1000;

/** Asks for the sizes of files that are in the index by name only, newest first, slowly enough not to be felt. */
export async function measureFiles(
  index: FileIndex,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  let toldAt = performance.now();
  let id = index.idFromNewest(0);
  let isChanged = false;
  while (id > 0 && index.unmeasuredCount > 0 && !signal.aborted) {
    const batch: number[] = [];
    for (let count = 0; id > 0 && batch.length < atOnce && count < lookedAtOnce; count++) {
      if (index.isUnmeasured(id)) batch.push(id);
      id = index.idBelow(id);
    }
    const stats = await statFiles(batch.map(index.pathOf));
    for (const [place, measured] of batch.entries()) {
      const found = stats[place];
      if (found) index.learn(measured, { byteCount: found.size, savedAt: found.mtimeMs });
    }
    isChanged ||= batch.length > 0;
    if (isChanged && (id <= 0 || performance.now() - toldAt > tellEveryMs)) {
      onChange();
      toldAt = performance.now();
    }
    await after(restMs, undefined, { ref: false });
  }
}
