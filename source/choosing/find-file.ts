import { access, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type FileTable, type KnownFile, trashFolder } from './file-table.ts';
import { type FileFacts, readFacts } from './read-facts.ts';

/** A file that is there, with what is known of it already. */
export type FoundFile = {
  readonly path: string;
  readonly known: KnownFile | null;
  /** Where the known file lies somewhere else now than it was last seen, or has other times: its new time. */
  readonly movedAt: number | null;
  /** Read only where they were needed. */
  readonly facts: FileFacts | null;
};

/**
 * Finds what is known of a file, wherever it was moved and whatever it is called now: by its place where nothing about it has changed, else
 * by its content. A copy is a file of its own as long as the file is there from which it was made. Throws the file system's error.
 */
export async function findFile(table: FileTable, path: string): Promise<FoundFile> {
  if (basename(dirname(path)) === trashFolder) {
    const known = table.inTrash(path);
    if (known !== null) return { path, known, movedAt: null, facts: null };
  }
  const { size, mtimeMs } = await stat(path);
  const savedAt = Math.round(mtimeMs);
  const there = table.atPlace(path);
  if (there?.byteCount === size && there.savedAt === savedAt)
    return { path, known: there, movedAt: null, facts: null };
  if (!table.hasSize(size)) return { path, known: null, movedAt: null, facts: null };
  const facts = await readFacts(path);
  if (facts === null) return { path, known: null, movedAt: null, facts };
  for (const known of table.withContent(facts.byteCount, facts.fingerprint)) {
    if (known.place === path && known.trashPath === null) return { path, known, movedAt: savedAt, facts };
    if (!(await isThere(known.trashPath ?? known.place))) return { path, known, movedAt: savedAt, facts };
  }
  return { path, known: null, movedAt: null, facts };
}

export async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
