import type { RunnerConnection } from '../connection/runner-connection.ts';

/**
 * Ends a loop in the background by signals, as a service manager sends them: the first lets what runs finish, the second interrupts it.
 * Resolves at the third, which waits for nothing.
 */
export function endOnSignals(
  connection: Pick<RunnerConnection, 'send'>,
  tell: (words: string) => void,
): Promise<'signal'> {
  const { promise, resolve } = Promise.withResolvers<'signal'>();
  let count = 0;
  const take = (signal: NodeJS.Signals) => {
    count += 1;
    tell(`${signal}: ${steps[Math.min(count, steps.length) - 1]}.`);
    if (count > 2) return resolve('signal');
    connection.send({ type: 'stop', now: count === 2 });
  };
  process.on('SIGTERM', take);
  process.on('SIGINT', take);
  return promise;
}

const steps = [
  'ending after the running generation',
  'interrupting the running generation',
  'ending at once',
];
