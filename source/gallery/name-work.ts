import { linkSync, open, openSync, unlinkSync } from 'node:fs';
import { link, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { isSilentFileSystem } from './watching-way.ts';

const openForWriting = promisify(open);

/** What saving an image does to the names in a folder; all of it throws the file system's error. */
export type NameWork = {
  /** Opens a new file for writing; resolves to its descriptor. */
  create(path: string): Promise<number>;
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
};

/** On another thread: a network may take long, or for ever. */
export const patientNames: NameWork = {
  create: (path) => openForWriting(path, 'wx'),
  link,
  unlink,
};

/**
 * At once: on a disk of this machine it takes microseconds, and the way to another thread and back, with all of a sleeping process that it
 * wakes, a hundred.
 */
export const quickNames: NameWork = {
  create: async (path) => openSync(path, 'wx'),
  link: async (from, to) => linkSync(from, to),
  unlink: async (path) => unlinkSync(path),
};

/** How names are best worked on in a folder that is there. */
export async function nameWorkFor(folder: string): Promise<NameWork> {
  // Elsewhere nothing tells a disk of this machine from a network.
  if (process.platform !== 'linux') return patientNames;
  return (await isSilentFileSystem(folder)) ? patientNames : quickNames;
}
