import { open, rename, unlink } from 'node:fs/promises';
import { type NameWork, patientNames } from './name-work.ts';

/** What file systems without hard links answer (FAT, some network and FUSE ones). */
const noLinkCodes: ReadonlySet<string> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EINVAL',
]);

/** Gives a finished temporary file its name in the same folder; false, and nothing done, when the name is taken. */
export async function placeFile(
  temporary: string,
  target: string,
  names: NameWork = patientNames,
): Promise<boolean> {
  try {
    await names.link(temporary, target);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!noLinkCodes.has(code)) throw error;
    return placeByReserving(temporary, target);
  }
  await names.unlink(temporary);
  return true;
}

/** A rename would overwrite: so the name is first taken by an empty file of ours. */
async function placeByReserving(temporary: string, target: string): Promise<boolean> {
  try {
    await (await open(target, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(temporary, target);
  } catch (error) {
    await unlink(target);
    throw error;
  }
  return true;
}
