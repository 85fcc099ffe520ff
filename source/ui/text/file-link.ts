import { hostname } from 'node:os';

/** The URL of a file for a hyperlink (OSC 8): with this machine's name in it, so that a terminal elsewhere opens no file of its own. */
export function fileLink(path: string): string {
  return `file://${encodeURIComponent(hostname())}${path.split('/').map(encodeURIComponent).join('/')}`;
}
