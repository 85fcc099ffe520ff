import { opendir } from 'node:fs/promises';
import { isUnlisted } from './file-name.ts';

export type FolderListing = {
  /** In no order. */
  readonly files: string[];
  readonly folders: string[];
};

/** Names read from the system at once; a few milliseconds of work. */
const bufferSize = 2048;

/** Reads a folder's names, without stat and without holding the event loop; throws the file system's error. */
export async function listFolder(
  path: string,
  options: { readonly onProgress?: (count: number) => void; readonly signal?: AbortSignal } = {},
): Promise<FolderListing> {
  const files: string[] = [];
  const folders: string[] = [];
  // Leaving the loop closes the folder.
  for await (const entry of await opendir(path, { bufferSize })) {
    if (options.signal?.aborted) break;
    if (entry.isDirectory()) folders.push(entry.name);
    else if ((entry.isFile() || entry.isSymbolicLink()) && !isUnlisted(entry.name)) files.push(entry.name);
    if (files.length % bufferSize === 0) options.onProgress?.(files.length);
  }
  return { files, folders };
}

/**
 * Oldest first as A1111 numbers its files; names without a number come before all others. Prefixes are padded with zeros to one width,
 * so a longer one is a higher number.
 */
export function compareByNumber(left: string, right: string): number {
  const leftDigits = digitCount(left);
  const rightDigits = digitCount(right);
  if (leftDigits !== rightDigits) return leftDigits - rightDigits;
  return left < right ? -1 : left > right ? 1 : 0;
}

function digitCount(name: string): number {
  let count = 0;
  while (count < 8) {
    const code = name.charCodeAt(count);
    if (!(code >= 48 && code <= 57)) break;
    count++;
  }
  return count > 0 && name.charCodeAt(count) === 45 ? count : 0;
}
