import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Saving } from '../engine/effect.ts';
import type { Notice } from '../engine/notice.ts';
import {
  cutOffIncident,
  type Incident,
  incidentOf,
  ledgerIncident,
  leftIncident,
} from '../presentation/incident.ts';
import { nothingNotMade } from '../stats/not-made.ts';
import { emptyAbsence, readAbsence } from './absence.ts';
import { type KeptNotice, keptNotices } from './entry.ts';
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
  /** How often it is looked whether the file is still in its place, ms; 10 s by default. */
  readonly lookEveryMs?: number;
};

/** Opens the profile's ledger, or makes one; what an earlier runner could not write comes first. The lock of the runner is held by now. */
export function openLedger({ directory, mostWaiting = 20_000, lookEveryMs = 10_000 }: LedgerOptions): Ledger {
  const path = ledgerPath(directory);
  const store = openLedgerStore({ path, pendingPath: pendingPath(directory), mostWaiting, lookEveryMs });
  const left = store.run();
  let current: {
    readonly run: string;
    readonly url: string;
    sequence: number;
    memory: LoopMemory | null;
    saving: Saving;
    /** Of the newest generation. */
    checkpoint: string | null;
  } | null = null;
  /** ms since epoch; null while all is well. */
  let troubleSince: number | null = null;
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
      ...nothingNotMade,
    });
    return { ...toCutOff(left), ...earlier };
  }

  const cutOff = readCutOff();

  function step() {
    if (current === null) throw new Error('The ledger was told of a run before it began.');
    current.sequence += 1;
    return { run: current.run, sequence: current.sequence };
  }

  /** What a notice means for the record of incidents; another checkpoint is told by the generation that begins with it. */
  function incidentsOf(notice: Notice): KeptNotice[] {
    if (current === null) return [];
    const before = current.checkpoint;
    if (notice.type === 'generation-started') current.checkpoint = notice.generation.checkpoint;
    const incident = incidentOf(notice, { url: current.url, checkpointBefore: before });
    return incident === null ? [] : [toNotice(incident)];
  }

  /** Told once it is over: while it lasts, an incident would only push out what waits. */
  function noteTrouble(at: number): void {
    if (store.trouble() !== null) {
      troubleSince ??= at;
      return;
    }
    if (troubleSince === null) return;
    recordIncident(ledgerIncident(troubleSince, 'The ledger could not be written for a while.'));
    troubleSince = null;
  }

  function recordIncident(incident: Incident): void {
    const noted = { type: 'recorded', notices: [toNotice(incident)], memory: null } as const;
    const saving = current?.saving ?? 'client';
    store.append({ ...noted, saving, ...step(), at: Math.round(incident.at) });
  }

  return {
    cutOff,
    beginRun({ at, url, isContinued }) {
      const goesOn = isContinued && left !== null && cutOff !== null;
      const run = goesOn ? left.run : randomUUID();
      const sequence = goesOn ? left.sequence + 1 : 0;
      const checkpoint = goesOn ? (cutOff.memory.plan?.checkpoint ?? null) : null;
      current = { run, url, sequence, memory: null, saving: 'client', checkpoint };
      const type = goesOn ? 'run-continued' : 'run-begun';
      store.append({ type, run, sequence, at: Math.round(at), url });
      if (!goesOn) return;
      const found = cutOff.memory.ended === null ? cutOffIncident : leftIncident;
      recordIncident(found(cutOff.lastAt, cutOff.unfinished.length));
    },
    record({ at, notices, memory, saving }) {
      const kept = notices.flatMap((notice) => [...keptNotices([notice]), ...incidentsOf(notice)]);
      const isSame = current !== null && current.memory !== null && isSameMemory(current.memory, memory);
      if (kept.length === 0 && isSame) return;
      const { run, sequence } = step();
      if (current !== null) current = { ...current, memory, saving };
      const remembered = isSame ? null : memory;
      const noted = { type: 'recorded', notices: kept, memory: remembered, saving } as const;
      store.append({ ...noted, run, sequence, at: Math.round(at) });
      noteTrouble(at);
    },
    recordIncident,
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
    takeRemarks() {
      const remarks = store.takeRemarks();
      if (current !== null) for (const remark of remarks) recordIncident(ledgerIncident(Date.now(), remark));
      return remarks;
    },
    close: store.close,
  };
}

function toNotice(incident: Incident): KeptNotice {
  return { type: 'incident', ...incident, at: Math.round(incident.at) };
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
