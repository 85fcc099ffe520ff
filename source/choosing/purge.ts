import { unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { inTransaction } from '../ledger/open-database.ts';
import type { Purged, TrashedFile } from '../presentation/choosing.ts';
import type { ChoiceContext } from './apply-choices.ts';
import { inTurns } from './in-turns.ts';
import { removeEmpty } from './move-file.ts';
import { fileProblem } from './trouble.ts';

/** Deletes these files, as far as they are in the trash still; that they were rejected stays known. */
export async function emptyTrash(
  { database, files, view }: ChoiceContext,
  wanted: readonly TrashedFile[],
): Promise<Extract<Purged, { ok: true }>> {
  const problems: string[] = [];
  const gone: { readonly id: number; readonly byteCount: number }[] = [];
  const folders = new Set<string>();
  await inTurns(wanted, async ({ path }) => {
    const file = files.inTrash(path);
    if (file === null) return void problems.push(`${path} is not in the trash any more.`);
    try {
      await unlink(path);
      gone.push(file);
      folders.add(dirname(path));
    } catch (error) {
      problems.push(fileProblem(error, path, 'deleted'));
    }
  });
  const at = Date.now();
  inTransaction(database, () => {
    for (const { id } of gone) files.purge(id, at);
  });
  for (const folder of folders) await removeEmpty(folder);
  view.update(gone.map(({ id }) => id));
  const byteCount = gone.reduce((sum, file) => sum + file.byteCount, 0);
  return { ok: true, count: gone.length, byteCount, problems };
}
