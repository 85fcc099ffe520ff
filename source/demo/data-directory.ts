import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a demo keeps its pictures when nobody says: a place of its own, so that they never mix with real ones. */
export function defaultDemoDirectory(environment: Readonly<Record<string, string | undefined>>): string {
  const dataHome = environment.XDG_DATA_HOME || join(homedir(), '.local', 'share');
  return join(dataHome, 'sdloop', 'demo');
}
