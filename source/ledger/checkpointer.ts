import { Worker } from 'node:worker_threads';

/** Carries the log over into the database now and then. */
export type Checkpointer = {
  /** After so many commits. */
  count(commitCount: number): void;
};

/** One commit adds about a dozen pages to the log, so that it grows to about 12 MB in between. */
const commitsBetween = 256;

/**
 * In a thread of its own, because carrying over ends in waiting for the disk, twice; a passive one never keeps the writer out. It opens the
 * database for itself. Plain text, so that the bundle stays one entry.
 */
const program = `
const { workerData } = require('node:worker_threads');
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(workerData, { timeout: 0 });
try {
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
} finally {
  database.close();
}
`;

export function createCheckpointer(databasePath: string): Checkpointer {
  let uncarried = 0;
  let isBusy = false;

  return {
    count(commitCount) {
      uncarried += commitCount;
      if (uncarried < commitsBetween || isBusy) return;
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
