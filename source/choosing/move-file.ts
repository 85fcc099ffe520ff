import { mkdir, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { placeFile } from '../gallery/place-file.ts';
import { makeDirectory } from '../settings/make-directory.ts';
import { fileProblem } from './trouble.ts';

/** Moves a file into a trash folder, which is made where it is missing; why it could not, as a sentence, or null. */
export async function moveToTrash(path: string, trashPath: string): Promise<string | null> {
  try {
    await mkdir(dirname(trashPath)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (await move(path, trashPath)) return null;
    return `${path} cannot be rejected: ${trashPath} is there already.`;
  } catch (error) {
    return fileProblem(error, path, 'rejected');
  }
}

/** Moves a file out of a trash folder to where it was; never onto another file. */
export async function moveFromTrash(trashPath: string, path: string): Promise<string | null> {
  try {
    makeDirectory(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return fileProblem(error, path, 'restored');
  }
  try {
    if (!(await move(trashPath, path)))
      return `${path} cannot be restored: another file has this name now. Move that one away first.`;
    await removeEmpty(dirname(trashPath));
    return null;
  } catch (error) {
    return fileProblem(error, trashPath, 'restored');
  }
}

/** A trash folder without files in it is of no use. */
export async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/** False where the name is taken. A move that was cut off has left the file under both names, and is ended here. */
async function move(from: string, to: string): Promise<boolean> {
  if (await placeFile(from, to)) return true;
  const [source, target] = await Promise.all([stat(from), stat(to)]);
  if (source.dev !== target.dev || source.ino !== target.ino) return false;
  await unlink(from);
  return true;
}
