import { access, mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PythonError } from './reply.ts';

/**
 * Writes a picture as A1111 does (webui-api.md 9.2, 9.4): numbered one above the highest number of any file in the folder,
 * to `.tmp` first and then renamed. Returns the final path;
 * trouble with the disk is raised in Python's words.
 */
export async function saveNumbered(file: {
  readonly directory: string;
  readonly bytes: Buffer;
  readonly extension: string;
  /** What stands before the number: `grid`, or empty for images, whose number has five digits instead of four. */
  readonly prefix: string;
  /** What stands behind the number: `-SEED`, or empty. */
  readonly decoration: string;
  /** Rehearses a full disk: half a `.tmp` stays behind. */
  readonly isDiskFull: boolean;
}): Promise<string> {
  try {
    return await write(file);
  } catch (error) {
    throw toPythonError(error);
  }
}

async function write(file: Parameters<typeof saveNumbered>[0]): Promise<string> {
  await mkdir(file.directory, { recursive: true });
  const first = await nextNumber(file.directory, file.prefix);
  for (let number = first; ; number += 1) {
    const stem =
      file.prefix === ''
        ? `${String(number).padStart(5, '0')}${file.decoration}`
        : `${file.prefix}-${String(number).padStart(4, '0')}${file.decoration}`;
    const path = join(file.directory, `${stem}.${file.extension}`);
    if (await exists(path)) continue;
    const aside = join(file.directory, `${stem}.tmp`);
    if (file.isDiskFull) {
      await writeFile(aside, file.bytes.subarray(0, file.bytes.length / 2));
      throw new PythonError('OSError', `[Errno 28] No space left on device: '${aside}'`);
    }
    await writeFile(aside, file.bytes);
    await rename(aside, path);
    return path;
  }
}

async function nextNumber(directory: string, prefix: string): Promise<number> {
  const start = prefix === '' ? '' : `${prefix}-`;
  let highest = -1;
  for (const name of await readdir(directory)) {
    if (!name.startsWith(start)) continue;
    const number = /^\d+(?=[-.]|$)/.exec(name.slice(start.length));
    if (number) highest = Math.max(highest, Number(number[0]));
  }
  return highest + 1;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Linux's numbers and Python's classes for what a disk says. */
const pythonNames: Readonly<Record<string, readonly [name: string, errno: number, words: string]>> = {
  EACCES: ['PermissionError', 13, 'Permission denied'],
  EPERM: ['PermissionError', 1, 'Operation not permitted'],
  ENOTDIR: ['NotADirectoryError', 20, 'Not a directory'],
  EEXIST: ['FileExistsError', 17, 'File exists'],
  ENOSPC: ['OSError', 28, 'No space left on device'],
  EROFS: ['OSError', 30, 'Read-only file system'],
};

/** What Python would raise for trouble with a disk; other errors stay as they are. */
export function toPythonError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const known = pythonNames[String(error.code)];
  if (!known) return error;
  const [name, errno, words] = known;
  const path = 'path' in error ? String(error.path) : '';
  return new PythonError(name, `[Errno ${errno}] ${words}: '${path}'`);
}
