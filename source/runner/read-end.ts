import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** 0 for a file that is not there, bytes. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The last bytes of a file, at most `limit`; throws the file system's error. */
export function readEnd(path: string, limit: number): Buffer {
  const size = sizeOf(path);
  const bytes = Buffer.alloc(Math.min(limit, size));
  const file = openSync(path, 'r');
  try {
    const readCount = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.subarray(0, readCount);
  } finally {
    closeSync(file);
  }
}
