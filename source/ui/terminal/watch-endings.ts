type Endings = {
  readonly onSignal: (signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT') => void;
  readonly onError: (error: unknown) => void;
};

/** Watches for ends that come from outside the screen, so that the terminal can be given back first; returns the way to stop it. */
export function watchEndings({ onSignal, onError }: Endings): () => void {
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
  const errors = ['uncaughtException', 'unhandledRejection'] as const;
  const handlers = signals.map((signal) => ({ signal, handler: () => onSignal(signal) }));
  for (const { signal, handler } of handlers) process.on(signal, handler);
  for (const error of errors) process.on(error, onError);
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
    for (const error of errors) process.off(error, onError);
  };
}
