import type { RunnerConnection } from '../connection/runner-connection.ts';

/**
 * Ends a runner in the background by signals, as a machine that goes down sends them: the first lets what runs finish, the second interrupts
 * it. Resolves at the third, which waits for nothing. The loop itself was not ended by anybody: `onFirst` is called before it is stopped here.
 */
export function endOnSignals(
  connection: Pick<RunnerConnection, 'send'>,
  { tell, onFirst }: { readonly tell: (words: string) => void; readonly onFirst: () => void },
): Promise<'signal'> {
  const { promise, resolve } = Promise.withResolvers<'signal'>();
  let count = 0;
  const take = (signal: NodeJS.Signals) => {
    count += 1;
    tell(`${signal}: ${steps[Math.min(count, steps.length) - 1]}.`);
    if (count > 2) return resolve('signal');
    if (count === 1) onFirst();
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
