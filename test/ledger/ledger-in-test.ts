import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { type LedgerOptions, ledgerPath, openLedger } from '../../source/ledger/open-ledger.ts';
import { start } from './notices-in-test.ts';

/** A ledger that is closed, without the end of its run, when the running test ends. */
export function openLedgerInTest(directory: string, options: Partial<LedgerOptions> = {}): Ledger {
  const ledger = openLedger({ directory, ...options });
  onTestFinished(() => ledger.close());
  return ledger;
}

/** A ledger with a run begun in it. */
export function beginLedgerInTest(directory: string, options: Partial<LedgerOptions> = {}): Ledger {
  const ledger = openLedgerInTest(directory, options);
  ledger.beginRun({ at: start, url: 'http://127.0.0.1:7860', isContinued: false });
  return ledger;
}

/** Asks the file itself, through a connection of its own. */
export function ask(directory: string, question: string): Record<string, unknown>[] {
  const database = new DatabaseSync(ledgerPath(directory), { readOnly: true });
  try {
    return database
      .prepare(question)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}
