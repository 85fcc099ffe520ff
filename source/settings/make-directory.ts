import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory, with `mode` where it is given, and those above it; throws the file system's error. One level at a time, because `recursive: true` never
 * comes back on a file system such as /proc, where making a directory says that the one above is missing when it is not.
 */
export function makeDirectory(path: string, mode?: number): void {
  if (tryMake(path, mode)) return;
  makeDirectory(dirname(path));
  mkdirSync(path, { mode });
}

/** False when the directory above is missing. */
function tryMake(path: string, mode?: number): boolean {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    if (code !== 'EEXIST') throw error;
  }
  return true;
}
