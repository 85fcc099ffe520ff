import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { cleanText } from '../presentation/clean-text.ts';
import { type Checkpointer, createCheckpointer } from './checkpointer.ts';
import type { Entry } from './entry.ts';
import { type FileWatch, watchFile } from './file-watch.ts';
import { type FollowedRun, followRun, isKnown } from './followed-run.ts';
import { type LedgerTrouble, toLedgerTrouble } from './ledger-trouble.ts';
import { loadNewestRun } from './load-run.ts';
import { createLogFlusher, type LogFlusher } from './log-flusher.ts';
import { inTransaction, openDatabase } from './open-database.ts';
import { createPendingFile } from './pending-file.ts';
import { setAside } from './set-aside.ts';
import { createEntryWriter, type EntryWriter } from './write-entry.ts';

/** Takes entries in order and gets them into the file, whatever is the matter with it; nothing here throws for that. */
export type LedgerStore = {
  /** Writes an entry now, or keeps it until it can be written. */
  append(entry: Entry): void;
  /** The newest run with all that was appended in it, written or not. */
  run(): FollowedRun | null;
  /** Null while the file cannot be opened. */
  database(): DatabaseSync | null;
  trouble(): string | null;
  takeRemarks(): readonly string[];
  close(): void;
};

export type StoreOptions = {
  /** Of the database; its directory is made. */
  readonly path: string;
  readonly pendingPath: string;
  /** Entries held in memory at most while they wait. */
  readonly mostWaiting: number;
  /** How often it is looked whether the file is still in its place, ms; only while something is written. */
  readonly lookEveryMs: number;
};

type Connection = {
  readonly database: DatabaseSync;
  readonly writer: EntryWriter;
  readonly flusher: LogFlusher;
  readonly checkpointer: Checkpointer;
  readonly watch: FileWatch;
};

/** Entries in one transaction when many have waited: a few milliseconds of work. */
const entriesAtOnce = 100;

/** The event loop is held no longer at once, ms. */
const longestDrainMs = 10;

/** How soon it is tried again by itself, and at the soonest because of a new entry, ms. */
const retryMs = 1000;
const soonestRetryMs = 100;

/** A file that breaks again so soon is not a matter of the file, ms. */
const soonestSetAsideMs = 60_000;

export function openLedgerStore({ path, pendingPath, mostWaiting, lookEveryMs }: StoreOptions): LedgerStore {
  const pending = createPendingFile(pendingPath);
  const waiting: Entry[] = pending.read();
  let connection: Connection | null = null;
  /** As far as it is in the file. */
  let written: FollowedRun | null = null;
  /** As it was when the file was last seen in its place, and what went into the file since. */
  let seen: FollowedRun | null = null;
  let sinceSeen: Entry[] = [];
  let trouble: LedgerTrouble | null = null;
  let remarks: string[] = [];
  let lostCount = 0;
  let triedAt = -soonestRetryMs;
  let setAsideAt = -soonestSetAsideMs;
  let timer: NodeJS.Timeout | null = null;

  function connect(isStart: boolean): boolean {
    const opened = openDatabase(path, { isStart });
    if (!opened.ok) return meet(opened.trouble);
    const { database } = opened;
    try {
      const writer = createEntryWriter(database);
      if (written === null) written = loadNewestRun(database);
      else restoreInto(database, writer, written);
      connection = {
        database,
        writer,
        flusher: createLogFlusher(path),
        checkpointer: createCheckpointer(path),
        watch: watchFile(path, lookEveryMs),
      };
      noteSeen();
      return true;
    } catch (error) {
      database.close();
      return meet(toLedgerTrouble(error, path));
    }
  }

  function noteSeen(): void {
    seen = written;
    sinceSeen = [];
  }

  /** Whoever deletes or replaces the file takes with it what is written from then on: that is written again, into another one. */
  function look(isUrgent: boolean): void {
    const found = connection?.watch.look(isUrgent) ?? null;
    if (found === 'in-place') noteSeen();
    if (found !== 'gone') return;
    disconnect();
    written = seen;
    waiting.unshift(...sinceSeen);
    for (const entry of sinceSeen) pending.append(entry);
    sinceSeen = [];
    remarks.push(
      cleanText(
        `The ledger ${path} was deleted or replaced while the loop ran: a new one goes on with this run from here.`,
      ),
    );
  }

  /** Whether the trouble is out of the way. */
  function meet(met: LedgerTrouble): boolean {
    trouble = met;
    if (met.kind !== 'broken' || performance.now() - setAsideAt < soonestSetAsideMs) return false;
    setAsideAt = performance.now();
    disconnect();
    try {
      const aside = setAside(path, Date.now());
      remarks.push(cleanText(`${met.message} It was set aside as ${basename(aside)}.`));
    } catch (error) {
      trouble = toLedgerTrouble(error, path);
      return false;
    }
    return connect(false);
  }

  function disconnect(): void {
    connection?.flusher.close();
    connection?.database.close();
    connection = null;
  }

  /** Writes what waits, as much of it as fits into `budgetMs`. */
  function drain(budgetMs: number, isStart = false): void {
    const startedAt = performance.now();
    triedAt = startedAt;
    look(false);
    while (waiting.length > 0 || connection === null) {
      if (connection === null && !connect(isStart)) break;
      if (!writeSome() || performance.now() - startedAt > budgetMs) break;
    }
    if (waiting.length === 0 && connection !== null) {
      trouble = null;
      pending.remove();
    } else retryLater(trouble === null ? 0 : retryMs);
  }

  function writeSome(): boolean {
    if (connection === null) return false;
    const { database, writer, flusher, checkpointer } = connection;
    const some = waiting.slice(0, entriesAtOnce);
    try {
      let run = written;
      inTransaction(database, () => {
        for (const entry of some) run = write(writer, run, entry);
      });
      written = run;
    } catch (error) {
      return meet(toLedgerTrouble(error, path));
    }
    waiting.splice(0, some.length);
    sinceSeen.push(...some);
    trouble = null;
    if (some.some(announcesWork)) flusher.flush();
    else flusher.flushLater();
    checkpointer.count(some.reduce((count, entry) => count + rowCountOf(entry), 0));
    return true;
  }

  function retryLater(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => drain(longestDrainMs), ms);
    timer.unref();
  }

  function keep(entry: Entry): void {
    waiting.push(entry);
    if (waiting.length <= mostWaiting) return;
    // What a run began with is needed to write anything of it.
    const oldest = waiting.findIndex(({ type }) => type === 'recorded');
    waiting.splice(Math.max(0, oldest), 1);
    lostCount += 1;
  }

  drain(Number.POSITIVE_INFINITY, true);

  return {
    append(entry) {
      const isFirst = waiting.length === 0;
      keep(entry);
      const isDue = isFirst ? connection !== null : performance.now() - triedAt > soonestRetryMs;
      if (isDue) drain(longestDrainMs);
      if (waiting.length > 0) pending.append(entry);
    },
    run: () =>
      waiting.reduce(
        (run, entry) => (entry.type === 'screen-left' || isKnown(run, entry) ? run : followRun(run, entry)),
        written,
      ),
    database: () => connection?.database ?? null,
    trouble() {
      if (trouble === null) return null;
      const lost = lostCount === 0 ? '' : ` ${lostCount} older records are lost.`;
      return `${trouble.message} ${waiting.length} records wait to be written.${lost}`;
    },
    takeRemarks() {
      const taken = remarks;
      remarks = [];
      return taken;
    },
    close() {
      if (timer !== null) clearTimeout(timer);
      look(true);
      if (waiting.length > 0) drain(1000);
      if (timer !== null) clearTimeout(timer);
      disconnect();
      pending.close();
    },
  };
}

/** Whether something is sent after it that must not be sent twice. */
function announcesWork(entry: Entry): boolean {
  return entry.type === 'recorded' && entry.notices.some(({ type }) => type === 'generation-started');
}

/** Whatever was written already stays as it is; of a run that another one followed nothing more is written. */
function write(writer: EntryWriter, run: FollowedRun | null, entry: Entry): FollowedRun | null {
  if (entry.type === 'screen-left') {
    writer.noteScreenLeft(entry.at);
    return run;
  }
  if (isKnown(run, entry) || (run?.run !== entry.run && writer.hasRun(entry.run))) return run;
  const after = followRun(run, entry);
  writer.write(entry, after);
  return after;
}

function rowCountOf(entry: Entry): number {
  return 1 + (entry.type === 'recorded' ? entry.notices.length : 0);
}

function restoreInto(database: DatabaseSync, writer: EntryWriter, run: FollowedRun): void {
  if (!writer.hasRun(run.run)) inTransaction(database, () => writer.restore(run));
}
