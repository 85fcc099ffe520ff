import { closeSync, fstatSync, fsync, write } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { NameWork } from './name-work.ts';

const writeBytes = promisify(write);
const bringToDisk = promisify(fsync);

/**
 * Makes a new file of these bytes and brings it to the disk; returns its modification time, ms since epoch. Throws the file system's error
 * and leaves nothing behind. What may take long is left to another thread; what the kernel knows by heart is asked for at once, since
 * each way to a thread and back costs more than the answer.
 */
export async function writeToDisk(path: string, bytes: Uint8Array, names: NameWork): Promise<number> {
  const file = await names.create(path);
  try {
    for (let written = 0; written < bytes.byteLength; ) {
      const { bytesWritten } = await writeBytes(file, bytes, written);
      written += bytesWritten;
    }
    // Disks and servers that put off writing say only now that there is no room.
    await bringToDisk(file);
    return fstatSync(file).mtimeMs;
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  } finally {
    closeSync(file);
  }
}
