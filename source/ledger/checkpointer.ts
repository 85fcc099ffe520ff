import { Worker } from 'node:worker_threads';

/** Carries the log over into the database now and then. */
export type Checkpointer = {
  /** After so many rows were written. */
  count(rowCount: number): void;
};

/** A row adds three pages or so to the log, which grows to some 12 MB in between. */
const rowsBetween = 1000;

/**
 * In a thread of its own, because carrying over ends in waiting for the disk, twice; a passive one never keeps the writer out. It opens the
 * database for itself. The writer can begin the log anew only when all of it was carried over, and writes on meanwhile: so it is done again
 * until nothing is left. Plain text, so that the bundle stays one entry.
 */
const program = `
const { workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(workerData, { timeout: 0 });
try {
  for (let turn = 0; turn < 10; turn++) {
    const { log, checkpointed } = database.prepare('PRAGMA wal_checkpoint(PASSIVE)').get();
    if (log === checkpointed) break;
  }
} finally {
  database.close();
}
`;

export function createCheckpointer(databasePath: string): Checkpointer {
  let uncarried = 0;
  let isBusy = false;

  return {
    count(rowCount) {
      uncarried += rowCount;
      if (uncarried < rowsBetween || isBusy) return;
      uncarried = 0;
      isBusy = true;
      const worker = new Worker(program, { eval: true, execArgv: [], workerData: databasePath });
      worker.unref();
      // What keeps it from its work will keep the writer too, which says so.
      worker.on('error', () => {});
      worker.on('exit', () => {
        isBusy = false;
      });
    },
  };
}
