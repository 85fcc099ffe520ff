import type { RunnerLog } from '../../runner/runner-log.ts';
import { createRunPrinter, type RunPrinter } from './run-printer.ts';

/** Tells a run in the runner's log as `sdloop run` tells it on a terminal; the log has a time of its own for each line. */
export function createLogPrinter(log: RunnerLog): RunPrinter {
  const output = { isJson: false, print: log.write, say: log.write, isBehind: () => false };
  return createRunPrinter(output, { startedAt: Date.now(), paint: null });
}
