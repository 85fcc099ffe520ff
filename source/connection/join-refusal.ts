import type { RunnerPointer } from './runner-pointer.ts';

/** Why a runner could not be joined; `reason` is a sentence that says what to do. */
export type JoinRefusal = {
  readonly ok: false;
  readonly kind: 'no-runner' | 'other-version' | 'not-allowed' | 'no-answer' | 'refused';
  readonly reason: string;
};

export const noRunner: JoinRefusal = {
  ok: false,
  kind: 'no-runner',
  reason: 'No loop is running: `sdloop` starts one.',
};

/** The runner's process is there, or its socket's queue is full, but nothing comes from it. */
export function noAnswer({ pid }: RunnerPointer): JoinRefusal {
  const reason = `The runner (process ${pid}) does not answer: end it with kill ${pid}, or kill -9 ${pid}, then start again.`;
  return { ok: false, kind: 'no-answer', reason };
}

export function notAllowed(socketPath: string, trouble: string): JoinRefusal {
  const reason = `The runner's socket ${socketPath} may not be used: ${trouble}. Join it as the user who started it.`;
  return { ok: false, kind: 'not-allowed', reason };
}

/** What a failed connection says about the runner. */
export function refusalOfError(error: Error, runner: RunnerPointer): JoinRefusal {
  switch ('code' in error ? error.code : null) {
    case 'EACCES':
    case 'EPERM':
      return notAllowed(runner.socketPath, 'its permissions forbid it');
    // A Unix socket whose queue of new connections is full says so at once.
    case 'EAGAIN':
    case 'ETIMEDOUT':
      return noAnswer(runner);
  }
  return noRunner;
}
