import { join } from 'node:path';
import { isNumbered, isVariant, looksLikeImage, seedIn, twinOf } from '../gallery/file-name.ts';
import { listFolder } from '../gallery/list-folder.ts';
import type { LedgerInspection } from '../ledger/ledger-inspection.ts';

/** What ledger and disk do not agree on. */
export type Finding =
  /** SQLite's own words. */
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'folder-missing'; readonly path: string; readonly imageCount: number }
  | {
      readonly kind: 'file-missing';
      readonly path: string;
      readonly seed: number;
      readonly generation: number;
    }
  /** Named as ours are, and of no generation that is known. */
  | { readonly kind: 'unknown-file'; readonly path: string; readonly seed: number }
  /** A second file with the seed of an image. */
  | {
      readonly kind: 'doubled';
      readonly path: string;
      readonly seed: number;
      readonly generation: number;
      readonly original: string;
    }
  /** Without an outcome; `isCurrent` where a runner may be at work on it, which is as it should be. */
  | {
      readonly kind: 'open-generation';
      readonly generation: number;
      readonly plannedAt: number;
      readonly isCurrent: boolean;
    };

export type CheckCounts = { imageCount: number; folderCount: number };

/**
 * Compares the ledger with the folders that it names, each of which is read once; what was compared is added to `counts`. A file that a
 * person rejected is where it should be: in the trash, or deleted.
 */
export async function* checkLedger(
  ledger: LedgerInspection,
  counts: CheckCounts,
  isRejected: (path: string) => boolean,
): AsyncGenerator<Finding> {
  for (const detail of ledger.listDamage()) yield { kind: 'damaged', detail };
  // Nothing of the ledger stays open while a folder is read or findings are told: it would keep the runner's log from shrinking.
  for (const folder of [...ledger.listFolders()]) {
    counts.folderCount += 1;
    const names = await namesIn(folder.path);
    const known = new Set<string>();
    const missing: Finding[] = [];
    for (const { name, seed, generation } of ledger.listFiles(folder.id)) {
      counts.imageCount += 1;
      known.add(name);
      if (names === null || names.has(name) || isRejected(join(folder.path, name))) continue;
      missing.push({ kind: 'file-missing', path: join(folder.path, name), seed, generation });
    }
    yield* missing;
    if (names === null) yield { kind: 'folder-missing', path: folder.path, imageCount: known.size };
    else yield* strangers(ledger, folder.path, names, known);
  }
  for (const open of [...ledger.listOpenGenerations()]) yield { kind: 'open-generation', ...open };
}

function* strangers(
  ledger: LedgerInspection,
  folder: string,
  names: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Generator<Finding> {
  for (const name of names) {
    if (known.has(name) || !isNamedAsOurs(name, names)) continue;
    const seed = seedIn(name);
    if (seed === null) continue;
    const path = join(folder, name);
    const [original] = ledger.listFilesOfSeed(seed);
    yield original === undefined
      ? { kind: 'unknown-file', path, seed }
      : { kind: 'doubled', path, seed, generation: original.generation, original: original.path };
  }
}

function isNamedAsOurs(name: string, names: ReadonlySet<string>): boolean {
  if (!isNumbered(name) || !looksLikeImage(name) || isVariant(name)) return false;
  const twin = twinOf(name);
  return twin === null || !names.has(twin);
}

/** Null for a folder that is not there or cannot be read. */
async function namesIn(path: string): Promise<ReadonlySet<string> | null> {
  return await listFolder(path).then(
    ({ files }) => new Set(files),
    () => null,
  );
}
