import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Bytes that are read in pieces: a file, or an image that is in memory already. */
export type ByteSource = {
  readonly byteCount: number;
  /** The bytes from `offset`, fewer than `length` where the source ends. */
  read(offset: number, length: number): Promise<Buffer>;
};

export type FileSource = ByteSource & {
  /** Modification time, ms since epoch. */
  readonly savedAt: number;
  close(): Promise<void>;
};

/** Enough for the header and an infotext of ordinary length in one read. */
const headLength = 16_384;

/** Reads from bytes in memory. */
export function sourceOfBytes(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    byteCount: buffer.length,
    read: async (offset, length) => buffer.subarray(offset, Math.min(offset + length, buffer.length)),
  };
}

/** Opens a regular file; null for anything else (a folder, a pipe). Throws the file system's error. */
export async function openFileSource(path: string): Promise<FileSource | null> {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would hold a thread for ever.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) {
      await file.close();
      return null;
    }
    const readFile = async (offset: number, length: number) => {
      const wanted = Math.max(0, Math.min(length, stats.size - offset));
      const buffer = Buffer.allocUnsafe(wanted);
      const { bytesRead } = await file.read(buffer, 0, wanted, offset);
      return buffer.subarray(0, bytesRead);
    };
    const head = await readFile(0, headLength);
    return {
      byteCount: stats.size,
      savedAt: stats.mtimeMs,
      read: async (offset, length) =>
        offset + length <= head.length ? head.subarray(offset, offset + length) : readFile(offset, length),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}
