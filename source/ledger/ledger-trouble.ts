import { cleanText } from '../presentation/clean-text.ts';

/** Why a ledger cannot be used now, by what is to be done about it. */
export type LedgerTroubleKind =
  /** There is no ledger yet. */
  | 'absent'
  /** Somebody else holds its lock. */
  | 'locked'
  | 'disk-full'
  /** The file system or its permissions refuse. */
  | 'unreachable'
  /** A newer sdloop made it, with a schema that this one does not know. */
  | 'newer'
  /** Not a database, damaged, or one of another program. */
  | 'broken';

export type LedgerTrouble = {
  readonly kind: LedgerTroubleKind;
  /** A sentence or two, cleaned. */
  readonly message: string;
};

/** SQLite's primary result codes (sqlite.org/rescode.html) that say something other than "the file system refuses". */
const kindByCode: ReadonlyMap<number, LedgerTroubleKind> = new Map([
  [5, 'locked'],
  [6, 'locked'],
  [13, 'disk-full'],
  // A table that is missing or made otherwise: a database, but no ledger.
  [1, 'broken'],
  [11, 'broken'],
  [17, 'broken'],
  [20, 'broken'],
  [24, 'broken'],
  [26, 'broken'],
]);

/** Constraint and misuse: mistakes of this program, which no waiting mends. */
const mistakes: ReadonlySet<number> = new Set([19, 21, 25]);

/** What an error of SQLite or of the file system means for the ledger at `path`; any other error is a bug and thrown on. */
export function toLedgerTrouble(error: unknown, path: string): LedgerTrouble {
  if (!(error instanceof Error)) throw error;
  if ('errcode' in error && typeof error.errcode === 'number') {
    const code = error.errcode & 0xff;
    if (mistakes.has(code)) throw error;
    const reason = 'errstr' in error && typeof error.errstr === 'string' ? error.errstr : error.message;
    return ledgerTrouble(kindByCode.get(code) ?? 'unreachable', path, reason);
  }
  if (!('code' in error) || typeof error.code !== 'string' || error.code.startsWith('ERR_')) throw error;
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return ledgerTrouble(isFull ? 'disk-full' : 'unreachable', path, error.code);
}

/** The words for a kind of trouble; `reason` is what the system said, uncleaned. */
export function ledgerTrouble(kind: LedgerTroubleKind, path: string, reason: string): LedgerTrouble {
  return { kind, message: cleanText(wordsOf(kind, path, reason)) };
}

function wordsOf(kind: LedgerTroubleKind, path: string, reason: string): string {
  switch (kind) {
    case 'absent':
      return `There is no ledger at ${path} yet: the first loop begins it, such as \`sdloop run\`.`;
    case 'locked':
      return `Another program holds the lock of the ledger ${path}; end it.`;
    case 'disk-full':
      return `The disk with the ledger ${path} is full; make room on it.`;
    case 'unreachable':
      return `The ledger ${path} cannot be opened or written (${reason}); make its directory writable.`;
    case 'newer':
      return `The ledger ${path} was made by a newer sdloop (${reason}); update sdloop, or move the file away.`;
    case 'broken':
      return `The ledger ${path} is damaged or not a ledger (${reason}); a loop begins a new one in its place.`;
  }
}
