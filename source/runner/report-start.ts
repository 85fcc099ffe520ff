import { closeSync, fstatSync, writeSync } from 'node:fs';
import { toLine } from '../connection/read-line.ts';
import type { StartReport } from '../connection/start-report.ts';

/** The descriptor that `startRunnerProcess` reads. */
const reportDescriptor = 3;

/** Tells whoever started this process that it answers at its socket; once. */
export function tellReady(): void {
  report({ ready: true });
}

/** Tells whoever started this process why it ends, as a sentence; once. */
export function tellFailed(failed: string, kind: string): void {
  report({ failed: failed.slice(0, 4000), kind });
}

/**
 * The hang-up of the terminal that it was started from is not meant for the runner. Node takes back a signal that was ignored before it
 * started, so only a listener keeps it from ending the process.
 */
export function ignoreHangUp(): void {
  process.on('SIGHUP', () => {});
}

function report(words: StartReport): void {
  try {
    // Node's pipes to a child are sockets (child_process, `stdio: 'pipe'`); started in another way, 3 may be anything of Node's own.
    if (!fstatSync(reportDescriptor).isSocket()) return;
    writeSync(reportDescriptor, toLine(words));
    closeSync(reportDescriptor);
  } catch {
    // Nobody waits any more.
  }
}
