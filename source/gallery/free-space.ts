import { stat, statfs } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';

/**
 * Bytes that this user may still write where the directory is, or will be made when `mayBeMade`; null where there is none or the file system
 * does not say. What a file server tells of itself is taken at its word.
 */
export async function readFreeBytes(
  directory: string,
  { mayBeMade }: { readonly mayBeMade: boolean },
): Promise<number | null> {
  try {
    const { bavail, bsize, blocks } = await statfs(directory);
    // Some network file systems answer zeros for "unknown" (statfs(2): undefined fields are 0).
    return blocks === 0 ? null : bavail * bsize;
  } catch {
    const parent = dirname(directory);
    if (!mayBeMade || !isAbsolute(directory) || parent === directory || (await exists(directory)))
      return null;
    return readFreeBytes(parent, { mayBeMade });
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
