import { lstatSync } from 'node:fs';

/**
 * What is wrong with a directory for a socket, to go on from its path; null when only this user can put anything into it. A link is
 * refused too: in /tmp it may lead anywhere, and to another place later.
 */
export function ownDirectoryTrouble(path: string): string | null {
  try {
    const stat = lstatSync(path);
    if (!stat.isDirectory()) return 'is not a directory';
    if (stat.uid !== process.getuid?.()) return 'belongs to somebody else';
    return (stat.mode & 0o077) === 0 ? null : 'is open to other users';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? 'is not there'
      : 'cannot be looked at';
  }
}
