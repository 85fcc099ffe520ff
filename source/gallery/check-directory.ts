import { mkdtemp, open, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Failure } from '../generation/failure.ts';
import { toDiskFailure } from './disk-failure.ts';

/**
 * Whether images could be saved below a directory that may not exist yet, found out by writing: what permissions promise is not true of
 * every file system. Leaves nothing behind; null when all is well.
 */
export async function checkDirectoryWritable(directory: string): Promise<Failure | null> {
  try {
    const existing = await nearestExisting(directory);
    if (existing === directory) await tryFile(directory);
    else await rmdir(await mkdtemp(join(existing, '.sdloop-')));
    return null;
  } catch (error) {
    return toDiskFailure(error, directory);
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    return nearestExisting(dirname(path));
  }
}

async function tryFile(directory: string): Promise<void> {
  const path = join(directory, `.sdloop-${process.pid}-0.part`);
  const file = await open(path, 'w');
  try {
    await file.write('sdloop');
    await file.sync();
  } finally {
    await file.close();
    await unlink(path);
  }
}
