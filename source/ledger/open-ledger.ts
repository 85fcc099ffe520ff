import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { emptyAbsence, readAbsence } from './absence.ts';
import { keptNotices } from './entry.ts';
import { toCutOff } from './followed-run.ts';
import type { CutOffRun, Ledger, LoopMemory } from './ledger.ts';
import { openLedgerStore } from './ledger-store.ts';
import { toLedgerTrouble } from './ledger-trouble.ts';
import { readEarlier } from './read-earlier.ts';
import { numberAt } from './row.ts';

/** The database in the profile's state directory. */
export function ledgerPath(directory: string): string {
  return join(directory, 'ledger.sqlite');
}

/** Where entries wait that could not be written into the database. */
export function pendingPath(directory: string): string {
  return join(directory, 'ledger.pending.ndjson');
}

export type LedgerOptions = {
  /** The profile's state directory, absolute; it is made where it is missing. */
  readonly directory: string;
  /** Entries held in memory at most while they wait; by default 20,000, some hours of a fast loop. */
  readonly mostWaiting?: number;
};

/** Opens the profile's ledger, or makes one; what an earlier runner could not write comes first. The lock of the runner is held by now. */
export function openLedger({ directory, mostWaiting = 20_000 }: LedgerOptions): Ledger {
  const path = ledgerPath(directory);
  const store = openLedgerStore({ path, pendingPath: pendingPath(directory), mostWaiting });
  const left = store.run();
  let current: { readonly run: string; sequence: number; memory: LoopMemory | null } | null = null;
  let screenLeftAt = read((database) => {
    const row = database.prepare('SELECT left_at FROM screen').get();
    return row ? numberAt(row, 'left_at') : null;
  }, null);

  /** What the file tells, or `otherwise` while it cannot be read. */
  function read<T>(question: (database: DatabaseSync) => T, otherwise: T): T {
    const database = store.database();
    if (database === null) return otherwise;
    try {
      return question(database);
    } catch (error) {
      // Where this is more than a lock, the next entry meets the same trouble and says it.
      toLedgerTrouble(error, path);
      return otherwise;
    }
  }

  function readCutOff(): CutOffRun | null {
    if (left === null || left.isEnded) return null;
    const earlier = read((database) => readEarlier(database, left.run), {
      activeMs: 0,
      recentGenerations: [],
      recentImages: [],
    });
    return { ...toCutOff(left), ...earlier };
  }

  const cutOff = readCutOff();

  function step() {
    if (current === null) throw new Error('The ledger was told of a run before it began.');
    current.sequence += 1;
    return { run: current.run, sequence: current.sequence };
  }

  return {
    cutOff,
    beginRun({ at, url, isContinued }) {
      const goesOn = isContinued && left !== null && cutOff !== null;
      const run = goesOn ? left.run : randomUUID();
      const sequence = goesOn ? left.sequence + 1 : 0;
      current = { run, sequence, memory: null };
      const type = goesOn ? 'run-continued' : 'run-begun';
      store.append({ type, run, sequence, at: Math.round(at), url });
    },
    record({ at, notices, memory, saving }) {
      const kept = keptNotices(notices);
      const isSame = current !== null && current.memory !== null && isSameMemory(current.memory, memory);
      if (kept.length === 0 && isSame) return;
      const { run, sequence } = step();
      if (current !== null) current.memory = memory;
      const remembered = isSame ? null : memory;
      const noted = { type: 'recorded', notices: kept, memory: remembered, saving } as const;
      store.append({ ...noted, run, sequence, at: Math.round(at) });
    },
    endRun(at) {
      store.append({ type: 'run-ended', ...step(), at: Math.round(at) });
      current = null;
    },
    noteScreenLeft(at) {
      screenLeftAt = Math.max(screenLeftAt ?? at, at);
      store.append({ type: 'screen-left', at: Math.round(at) });
    },
    get screenLeftAt() {
      return screenLeftAt;
    },
    absenceSince: (since, until) =>
      read((database) => readAbsence(database, since, until), emptyAbsence(since, until)),
    trouble: store.trouble,
    takeRemarks: store.takeRemarks,
    close: store.close,
  };
}

/** Plans and positions are never changed in place. */
function isSameMemory(left: LoopMemory, right: LoopMemory): boolean {
  return (
    left.plan === right.plan &&
    left.position === right.position &&
    left.intention === right.intention &&
    left.ended === right.ended
  );
}
