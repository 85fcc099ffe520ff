import type { RunnerConnection } from '../connection/runner-connection.ts';
import { onEndingSignal } from './ending-signals.ts';

/** Lets what is in flight finish, then ends the loop; a signal ends the wait at once. */
export async function endLoop(connection: Omit<RunnerConnection, 'close'>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (connection.getSnapshot().status.kind === 'stopped') resolve();
  };
  const unsubscribe = connection.subscribe(look);
  const stopListening = onEndingSignal(() => resolve());
  connection.send({ type: 'stop', now: false });
  look();
  await promise;
  stopListening();
  unsubscribe();
}
