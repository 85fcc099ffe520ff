import type { DatabaseSync } from 'node:sqlite';
import { shownUrl } from '../presentation/shown-url.ts';
import type { KeptNotice, RunEntry } from './entry.ts';
import type { FollowedRun } from './followed-run.ts';
import { numberAt } from './row.ts';
import { createIncidentWriter } from './write-incidents.ts';
import { createRowWriter } from './write-rows.ts';

/** Writes entries, each inside a transaction that the caller begins and ends; all of it throws SQLite's error. */
export type EntryWriter = {
  /** `after` is the run with the entry in it. */
  write(entry: RunEntry, after: FollowedRun): void;
  /** Writes a run into a file that knows nothing of it: what it came to, and its open generations with their images. */
  restore(run: FollowedRun): void;
  /** Whether the file knows a run of this name. */
  hasRun(run: string): boolean;
  noteScreenLeft(at: number): void;
};

export function createEntryWriter(database: DatabaseSync): EntryWriter {
  const rows = createRowWriter(database);
  const incidents = createIncidentWriter(database);
  const selectRun = database.prepare('SELECT id FROM runs WHERE token = ?');
  const insertRun = database.prepare(
    `INSERT INTO runs (token, url, started_at, last_at, sequence, memory, image_count, generation_count, retry_count, lost_count,
       gpu_idle_ms) VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING`,
  );
  const updateRun = database.prepare(
    `UPDATE runs SET url = ?, last_at = ?, sequence = ?, version = ?, image_count = ?, generation_count = ?, retry_count = ?,
       lost_count = ?, gpu_idle_ms = ?, memory = coalesce(?, memory) WHERE token = ?`,
  );
  const cutOffGenerations = database.prepare(
    `UPDATE generations SET outcome = 'cut-off', ended_at = ?,
       landed_count = (SELECT count(*) FROM images WHERE generation_id = generations.id)
     WHERE outcome IS NULL AND run_id IN (SELECT id FROM runs WHERE (token = ?) = ?)`,
  );
  const cutOffRuns = database.prepare(
    `UPDATE runs SET ended_at = last_at, ending = 'cut-off' WHERE ended_at IS NULL AND token <> ?`,
  );
  const endRun = database.prepare(
    `UPDATE runs SET ended_at = CASE WHEN ? THEN last_at END, ending = CASE WHEN ? THEN 'ended' END WHERE token = ?`,
  );
  const noteScreenLeft = database.prepare(
    'INSERT INTO screen (id, left_at) VALUES (1, ?) ON CONFLICT DO UPDATE SET left_at = max(left_at, excluded.left_at)',
  );

  function findRun(run: string): number | null {
    const row = selectRun.get(run);
    return row ? numberAt(row, 'id') : null;
  }

  function idOf(run: FollowedRun): number {
    const known = findRun(run.run);
    if (known !== null) return known;
    const { sequence, memory, startedAt } = run;
    // Without credentials, should there be any: the ledger is no place for them.
    const url = shownUrl(run.url);
    insertRun.run(run.run, url, startedAt, startedAt, sequence, JSON.stringify(memory));
    return findRun(run.run) ?? 0;
  }

  function update(run: FollowedRun, isMemoryNew: boolean): void {
    updateRun.run(
      shownUrl(run.url),
      run.lastAt,
      run.sequence,
      run.version,
      run.imageCount,
      run.generationCount,
      run.retryCount,
      run.lostCount,
      run.gpuIdleMs,
      isMemoryNew ? JSON.stringify(run.memory) : null,
      run.run,
    );
  }

  function begin(run: FollowedRun): void {
    cutOffGenerations.run(run.lastAt, run.run, 0);
    cutOffRuns.run(run.run);
    idOf(run);
    endRun.run(0, 0, run.run);
  }

  function writeNotice(runId: number, notice: KeptNotice, { saving, version }: NoticeFacts): void {
    switch (notice.type) {
      case 'connected':
        return;
      case 'incident':
        return incidents.add(runId, notice);
      case 'generation-started':
        rows.openGeneration(runId, notice.generation, notice.at, saving);
        return;
      case 'image':
        rows.addImage(rows.openGeneration(runId, notice.generation, notice.at, saving), notice, version);
        return;
      case 'generation-finished':
        return rows.closeGeneration(rows.openGeneration(runId, notice.generation, notice.at, saving), notice);
      case 'failure':
        return rows.addFailure(runId, notice);
    }
  }

  return {
    hasRun: (run) => findRun(run) !== null,
    noteScreenLeft: (at) => void noteScreenLeft.run(at),
    write(entry, after) {
      switch (entry.type) {
        case 'run-begun':
        case 'run-continued':
          begin(after);
          return update(after, false);
        case 'run-ended':
          idOf(after);
          cutOffGenerations.run(after.lastAt, after.run, 1);
          update(after, false);
          return void endRun.run(1, 1, after.run);
        case 'recorded': {
          const runId = idOf(after);
          for (const notice of entry.notices) {
            writeNotice(runId, notice, { saving: entry.saving, version: after.version });
          }
          return update(after, entry.memory !== null);
        }
      }
    },
    restore(run) {
      begin(run);
      const runId = idOf(run);
      for (const { generation, plannedAt, saving, images } of run.open.values()) {
        const id = rows.openGeneration(runId, generation, plannedAt, saving);
        for (const image of images) rows.addImage(id, image, run.version);
      }
      update(run, true);
    },
  };
}

type NoticeFacts = { readonly saving: 'server' | 'client'; readonly version: string | null };
