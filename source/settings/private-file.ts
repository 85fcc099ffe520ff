import { readFileSync, statSync } from 'node:fs';
import type { Reading } from './read-text.ts';

/**
 * Reads a file that holds secrets and must be this user's alone. `name` is what a person calls it (`auth file`), `flag` how another one is
 * named; the message of a reading never quotes what is in it.
 */
export function readPrivateFile(
  path: string,
  { name, flag, mostBytes }: { readonly name: string; readonly flag: string; readonly mostBytes: number },
): Reading<string> {
  const refuse = (message: string): Reading<never> => ({ ok: false, message });
  try {
    const entry = statSync(path);
    // Reading a pipe or a device would wait for ever, or never end.
    if (!entry.isFile()) return refuse(`The ${name} ${path} is not a file: name one with ${flag}.`);
    if ((entry.mode & 0o077) !== 0) {
      return refuse(`The ${name} ${path} can be read by others: \`chmod 600\` makes it yours alone.`);
    }
    if (entry.size > mostBytes) return refuse(`The ${name} ${path} is too large: name another with ${flag}.`);
    return { ok: true, value: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return refuse(`The ${name} ${path} cannot be read (${code}): name one that can with ${flag}.`);
  }
}
