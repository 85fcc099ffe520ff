import { homedir } from 'node:os';

/** A path as shells shorten it, `~` for the home directory: for titles, where the end of a path tells more than its beginning. */
export function homePath(path: string, home: string = homedir()): string {
  if (path === home) return '~';
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
