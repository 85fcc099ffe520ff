import { type JoinedConnection, joinRunner } from '../connection/join-runner.ts';
import type { RunnerStart } from '../connection/runner-start.ts';
import type { Failure } from '../generation/failure.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import { callsOf } from './calls-of.ts';
import { exitCodeOf, failWith } from './connect.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { jsonLine } from './print/json-line.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';
import { spawnRunner } from './spawn-runner.ts';

/** A WebUI that neither answers nor refuses is left to the runner after this, ms. */
const patienceMs = 12_000;

/**
 * `sdloop run --detach`: starts a runner in the background and returns once it generates. A WebUI that cannot be used at the start ends it
 * again, unless it is to be waited for.
 */
export async function runDetached(invocation: Invocation, start: RunnerStart): Promise<number> {
  const { flags, output } = invocation;
  const place = runnerPlace(invocation);
  const started = await spawnRunner(invocation, place, start);
  if (!started.ok) {
    output.fail(started.kind, started.reason);
    return exitCode.error;
  }
  const joined = await joinRunner({
    role: 'screen',
    version: place.version,
    find: place.find,
    start: async () => ({ ok: false, reason: 'The runner has ended.' }),
  });
  // A loop with a small goal may be over before anybody can look.
  if (!joined.ok && joined.kind === 'no-runner') return tell(invocation, started.pid, 'stopped');
  if (!joined.ok) return refuseJoining(invocation, place, joined);
  const { connection } = joined;
  try {
    // One that was cut off has been connected before: ending it now would forget what is left of it.
    const isContinued = connection.getSnapshot().runStartedAt < (place.find()?.startedAt ?? 0);
    const failure = await firstTrouble(connection, flags.isWaiting || isContinued);
    const { status, url } = connection.getSnapshot();
    if (failure === null) return tell(invocation, started.pid, status.kind);
    await connection.deliver({ type: 'stop', now: true });
    failWith(output, failure, url, callsOf(invocation));
    return status.kind === 'needs-you' ? exitCode.error : exitCodeOf(failure);
  } finally {
    connection.close();
  }
}

/** Why the loop cannot begin; null once it has, or once it is known that it will by itself. */
function firstTrouble(connection: JoinedConnection, isWaiting: boolean): Promise<Failure | null> {
  const { promise, resolve } = Promise.withResolvers<Failure | null>();
  const look = () => {
    const verdict = judge(connection.getSnapshot(), isWaiting);
    if (verdict !== undefined) resolve(verdict);
    else if (connection.getLink().kind !== 'live') resolve(null);
  };
  const timer = setTimeout(() => resolve(null), patienceMs);
  const unsubscribe = connection.subscribe(look);
  look();
  return promise.finally(() => {
    clearTimeout(timer);
    unsubscribe();
  });
}

/** Undefined while nothing is known yet. */
function judge({ status, webUi }: Snapshot, isWaiting: boolean): Failure | null | undefined {
  if (status.kind === 'needs-you') return status.failure;
  if (status.kind === 'retrying' && webUi === null) return isWaiting ? null : status.failure;
  return webUi === null ? undefined : null;
}

function tell(invocation: Invocation, pid: number, state: Snapshot['status']['kind']): number {
  const { flags, output } = invocation;
  const at = Date.now();
  if (output.isJson) output.print(jsonLine({ type: 'detached', at, state, pid, profile: flags.profile }));
  else output.print(wordsOf(state, callsOf(invocation)));
  return exitCode.done;
}

function wordsOf(state: Snapshot['status']['kind'], call: ReturnType<typeof callsOf>): string {
  if (state === 'stopped') return 'The loop has reached its goal already.';
  const isPaused = state === 'pausing' || state === 'paused';
  const start = isPaused
    ? `The loop is there again, paused: \`${call('resume')}\` goes on.`
    : 'The loop runs in the background.';
  return `${start} \`${call(null)}\` shows it, \`${call('status')}\` tells of it, \`${call('stop')}\` ends it.`;
}
