import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { formatBytes } from '../presentation/byte-counts.ts';

/** An open picture file, so that what is said of it and its bytes belong together even when it is replaced meanwhile. */
export type PictureFile = AsyncDisposable & {
  readonly byteCount: number;
  /** Modification time, ms since epoch. */
  readonly modifiedAt: number;
  read(): Promise<Uint8Array>;
};

/** Of what the WebUI writes nothing comes near; two of these are held at once at most. */
const mostByteCount = 256 << 20;

/** A reason in words instead of a file, for what cannot be one. */
export async function openPictureFile(path: string): Promise<PictureFile | string> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would hold a thread for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return reasonOf(error);
  }
  const close = () => file.close().catch(() => undefined);
  try {
    const stats = await file.stat();
    const trouble = troubleWith(stats.isFile(), stats.size);
    if (trouble !== null) {
      await close();
      return trouble;
    }
    return {
      byteCount: stats.size,
      modifiedAt: stats.mtimeMs,
      read: () => readAll(file, stats.size),
      [Symbol.asyncDispose]: async () => void (await close()),
    };
  } catch (error) {
    await close();
    return reasonOf(error);
  }
}

function troubleWith(isFile: boolean, size: number): string | null {
  if (!isFile) return 'not a file';
  if (size === 0) return 'the file is empty';
  return size > mostByteCount ? `too large a file: ${formatBytes(size)}` : null;
}

/** Never more than the size it had when it was opened: it may be growing. */
async function readAll(file: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let offset = 0;
  while (offset < size) {
    const { bytesRead } = await file.read(bytes, offset, size - offset, offset);
    if (bytesRead === 0) break;
    offset += bytesRead;
  }
  return bytes.subarray(0, offset);
}

/** The reason for a file that is not there, such as one of a list that was made before. */
export const goneFile = 'the file is gone';

/** The file system's error as a reason. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return goneFile;
    case 'EACCES':
    case 'EPERM':
      return 'the file may not be read';
    case 'EISDIR':
      return 'not a file';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open';
    default:
      return `the file cannot be read (${String(code ?? 'unknown error')})`;
  }
}

/** Why a file cannot be read as a picture, as far as can be told without reading it; null where it can. */
export async function troubleWithFile(path: string): Promise<string | null> {
  const file = await openPictureFile(path);
  if (typeof file === 'string') return file;
  await file[Symbol.asyncDispose]();
  return null;
}
