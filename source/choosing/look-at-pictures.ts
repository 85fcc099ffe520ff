import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hashDistance, lookAtPicture, looksSame } from '../gallery/look-at-picture.ts';
import { inTransaction } from '../ledger/open-database.ts';
import { numberAt, textAt } from '../ledger/row.ts';
import type { ChoiceContext } from './apply-choices.ts';
import type { LedgerFacts } from './file-table.ts';
import { findFile } from './find-file.ts';
import { createLookTable, type Looked } from './look-table.ts';
import { readFacts } from './read-facts.ts';

/** Images of the ledger that are gone through at once: some milliseconds of work where all were looked at already. */
const pageLength = 2000;

/** Bits of 64. Pictures that were made smaller and written anew differ in as many, by a measurement of 300. */
const mostDistance = 3;

/** Looks at the pictures of the ledger that nobody has looked at, newest first; each is decoded in another thread, one at a time. */
export async function lookAtPictures(
  context: ChoiceContext,
  signal: AbortSignal,
  onProgress: (lookedCount: number) => void = () => {},
): Promise<number> {
  const { database, view } = context;
  let count = 0;
  if (!view.refresh()) return count;
  for (const page of pagesOf(database)) {
    for (const unseen of page) {
      if (signal.aborted) return count;
      if (await lookAt(context, unseen)) onProgress(++count);
    }
    await nextTurn();
    // A runner may have set the ledger aside meanwhile.
    if (signal.aborted || !view.refresh()) return count;
  }
  return count;
}

type Unseen = { readonly path: string; readonly ledger: LedgerFacts };

function* pagesOf(database: DatabaseSync): Generator<Unseen[]> {
  const page = database.prepare(
    `SELECT id, saved_at, path, images.name, images.seed, EXISTS (SELECT 1 FROM main.files WHERE ledger_seed = images.seed
         AND ledger_saved_at = images.saved_at AND ledger_name = images.name AND (looked_at IS NOT NULL OR verdict = 'rejected')) AS is_done
     FROM (SELECT * FROM ledger.images INDEXED BY images_by_time WHERE (saved_at, id) < (?, ?)
       ORDER BY saved_at DESC, id DESC LIMIT ${pageLength}) AS images
     CROSS JOIN (SELECT id AS folder, path FROM ledger.folders) ON folder = folder_id ORDER BY saved_at DESC, id DESC`,
  );
  let last: readonly [number, number] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  for (;;) {
    const rows = page.all(...last);
    yield rows
      .filter(({ is_done }) => is_done === 0)
      .map((row) => {
        const name = textAt(row, 'name');
        const ledger = { seed: numberAt(row, 'seed'), savedAt: numberAt(row, 'saved_at'), name };
        return { path: join(textAt(row, 'path'), name), ledger };
      });
    const end = rows.at(-1);
    if (end === undefined || rows.length < pageLength) return;
    last = [numberAt(end, 'saved_at'), numberAt(end, 'id')];
  }
}

/** False for a file that is not there any more. */
async function lookAt({ database, files, view }: ChoiceContext, { path, ledger }: Unseen): Promise<boolean> {
  const found = await findFile(files, path).catch(nothingIfGone);
  if (found === null) return false;
  const facts = found.known === null ? (found.facts ?? (await readFacts(path).catch(nothingIfGone))) : null;
  if (found.known === null && facts === null) return false;
  const look = await lookAtPicture(path);
  const looks = createLookTable(database);
  const savedAt = found.known?.savedAt ?? facts?.savedAt ?? 0;
  const twins = look?.hash ? await twinsOf(looks.withCloseHash(look.hash), { path, hash: look.hash }) : [];
  const changed: number[] = [];
  inTransaction(database, () => {
    const id = found.known?.id ?? (facts === null ? 0 : files.add(path, facts, ledger));
    if (found.known !== null && found.movedAt !== null) files.move(id, path, found.movedAt);
    looks.write(id, { isBlack: look?.isBlack ?? false, hash: look?.hash ?? null }, Date.now());
    changed.push(id);
    const others = twins.filter((twin) => twin.id !== id);
    const original = others.find((twin) => twin.savedAt <= savedAt);
    if (original !== undefined) looks.markDuplicate(id, original.id);
    // Of two, the later one is the duplicate, whichever was looked at first.
    for (const later of others.filter((twin) => twin.savedAt > savedAt && !twin.isDuplicate)) {
      looks.markDuplicate(later.id, id);
      changed.push(later.id);
    }
  });
  view.update(changed);
  return true;
}

/** Those that are there and look the same, the oldest first. */
async function twinsOf(
  candidates: readonly Looked[],
  { path, hash }: { readonly path: string; readonly hash: bigint },
): Promise<Looked[]> {
  const twins: Looked[] = [];
  for (const candidate of candidates) {
    if (candidate.path === path || hashDistance(hash, candidate.hash) > mostDistance) continue;
    if (await looksSame(path, candidate.path)) twins.push(candidate);
  }
  return twins;
}

/** A file may go while it is looked for. */
function nothingIfGone(error: unknown): null {
  if (error instanceof Error && 'syscall' in error) return null;
  throw error;
}
