import type { RunnerStart } from '../connection/runner-start.ts';
import { runnerLogPath } from '../runner/runner-log.ts';
import { type RunnerProcessOutcome, startRunnerProcess } from '../runner/start-runner-process.ts';
import { makeDirectory } from '../settings/make-directory.ts';
import type { Invocation } from './invocation.ts';
import type { RunnerPlace } from './runner-place.ts';

/** Starts the runner of a profile in the background; resolves once it answers at its socket. */
export async function spawnRunner(
  { environment }: Invocation,
  place: RunnerPlace,
  start: RunnerStart,
): Promise<RunnerProcessOutcome> {
  const { stateDirectory, profile } = place;
  try {
    makeDirectory(stateDirectory, 0o700);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const reason = `The state directory ${stateDirectory} cannot be made (${words}): set XDG_STATE_HOME to one that you may write to.`;
    return { ok: false, kind: 'state-unwritable', reason };
  }
  return await startRunnerProcess({
    program: process.argv[1] ?? '',
    profile,
    start,
    logPath: runnerLogPath(stateDirectory),
    environment,
  });
}
