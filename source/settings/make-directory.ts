import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it; throws the file system's error. One level at a time, because `recursive: true` never
 * comes back on a file system such as /proc, where making a directory says that the one above is missing when it is not.
 */
export function makeDirectory(path: string): void {
  if (tryMake(path)) return;
  makeDirectory(dirname(path));
  mkdirSync(path);
}

/** False when the directory above is missing. */
function tryMake(path: string): boolean {
  try {
    mkdirSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' && dirname(path) !== path) return false;
    if (code !== 'EEXIST') throw error;
  }
  return true;
}
