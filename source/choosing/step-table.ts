import type { DatabaseSync } from 'node:sqlite';
import { numberAt, type Row, textAt, textOrNullAt } from '../ledger/row.ts';
import type { Choice } from '../presentation/choosing.ts';

/** A decision that can be taken back, and what the files were before it. */
export type Step = {
  readonly id: number;
  readonly decision: string;
  readonly changes: readonly {
    readonly fileId: number;
    readonly before: Choice;
    /** What a rejected one goes back to; null where that was not kept. */
    readonly earlier: Choice | null;
  }[];
};

/** More steps than anybody takes back. */
const mostSteps = 500;

/** Reads and writes the steps of undo, inside a transaction that the caller begins; all of it throws SQLite's error. */
export type StepTable = ReturnType<typeof createStepTable>;

export function createStepTable(database: DatabaseSync) {
  const insert = database.prepare('INSERT INTO main.steps (at, decision) VALUES (?, ?)');
  const trim = database.prepare('DELETE FROM main.steps WHERE id <= ?');
  const note = database.prepare(
    `INSERT INTO main.changes (step_id, file_id, verdict, stars, earlier_verdict, earlier_stars) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const forget = database.prepare('DELETE FROM main.changes WHERE step_id = ? AND file_id = ?');
  const dropEmpty = database.prepare(
    'DELETE FROM main.steps WHERE id = ? AND NOT EXISTS (SELECT 1 FROM main.changes WHERE step_id = steps.id)',
  );
  const newest = database.prepare(
    'SELECT id, decision FROM main.steps WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1',
  );
  const changes = database.prepare(
    'SELECT file_id, verdict, stars, earlier_verdict, earlier_stars FROM main.changes WHERE step_id = ? ORDER BY file_id',
  );
  const close = database.prepare('UPDATE main.steps SET undone_at = ? WHERE id = ? AND undone_at IS NULL');

  return {
    begin(decision: string, at: number): number {
      const id = Number(insert.run(at, decision).lastInsertRowid);
      trim.run(id - mostSteps);
      return id;
    },
    note: (step: number, fileId: number, before: Choice, earlier: Choice) =>
      void note.run(step, fileId, before.verdict, before.stars, earlier.verdict, earlier.stars),
    forget(step: number, fileId: number): void {
      forget.run(step, fileId);
      dropEmpty.run(step);
    },
    newest(): Step | null {
      const row = newest.get();
      if (row === undefined) return null;
      const id = numberAt(row, 'id');
      return { id, decision: textAt(row, 'decision'), changes: changes.all(id).map(toChange) };
    },
    /** False where another screen was quicker. */
    close: (step: number, at: number): boolean => close.run(at, step).changes === 1,
  };
}

function toChange(row: Row): Step['changes'][number] {
  const earlier = textOrNullAt(row, 'earlier_verdict');
  return {
    fileId: numberAt(row, 'file_id'),
    before: toChoice(textAt(row, 'verdict'), numberAt(row, 'stars')),
    earlier: earlier === null ? null : toChoice(earlier, numberAt(row, 'earlier_stars')),
  };
}

/** No other words are written there. */
function toChoice(verdict: string, stars: number): Choice {
  return { verdict: verdict as Choice['verdict'], stars };
}
