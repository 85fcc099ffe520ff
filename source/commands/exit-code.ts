/** What scripts may rely on; 128 and the signal's number after a signal. */
export const exitCode = {
  done: 0,
  error: 1,
  wrongUsage: 2,
  unreachable: 3,
  otherGoal: 4,
  noLoop: 5,
} as const;

export const signalExitCode = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof signalExitCode;
