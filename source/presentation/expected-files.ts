import type { LoopState } from '../engine/state.ts';
import { seedsOf } from '../generation/generation.ts';
import type { FileRow, FilesView } from './snapshot.ts';

/** File systems keep times more coarsely than clocks do, ms. */
const slackMs = 2000;

/**
 * A server writes a generation's files one by one before it answers: until they are attributed, the seeds in flight tell which
 * files are ours. The same view where none is.
 */
export function claimExpectedFiles(files: FilesView, state: LoopState): FilesView {
  const expected = new Map<number, { readonly generationId: number; readonly sentAt: number }>();
  for (const { inFlight, collecting } of state.lanes) {
    for (const { work, sentAt } of [...inFlight, ...collecting]) {
      for (const seed of seedsOf(work.request)) {
        expected.set(seed, { generationId: work.planned.id, sentAt });
      }
    }
  }
  const claim = (row: FileRow): FileRow => {
    const owner = row.origin === 'foreign' && row.seed !== null ? expected.get(row.seed) : undefined;
    if (!owner || row.savedAt < owner.sentAt - slackMs) return row;
    return { ...row, origin: 'ours', generationId: owner.generationId };
  };
  const rows = files.rows.map(claim);
  return rows.some((row, index) => row !== files.rows[index]) ? { ...files, rows } : files;
}
