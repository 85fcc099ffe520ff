import { reasonOf } from '../gallery/disk-failure.ts';
import { toLedgerTrouble } from '../ledger/ledger-trouble.ts';
import type { Trouble } from '../presentation/choosing.ts';
import { cleanText } from '../presentation/clean-text.ts';

/** What an error of SQLite or of the file system means for the choices at `path`; any other error is a bug and thrown on. */
export function toTrouble(error: unknown, path: string): Trouble {
  const { kind, message } = toLedgerTrouble(error, path);
  if (kind !== 'broken' && kind !== 'locked') return { ok: false, reason: message };
  const reason =
    kind === 'locked'
      ? `Another program holds the lock of ${path}; end it, then choose again.`
      : `The file ${path} is damaged or holds no choices of sdloop; move it away, then choose again.`;
  return { ok: false, reason: cleanText(reason) };
}

/** The sentence for what could not be moved, read or deleted, or is not there; an error that is none of the file system's is a bug and thrown on. */
export function fileProblem(
  error: unknown,
  path: string,
  what: string,
  kind: 'file' | 'folder' = 'file',
): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || code.startsWith('ERR_')) throw error;
  if (code === 'ENOENT') return cleanText(`There is no ${kind} ${path}.`);
  const reason = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : reasonOf(code);
  return cleanText(`${path} cannot be ${what}: ${reason}.`);
}
