import { deliverCommand } from '../connection/deliver-command.ts';
import { joinRunner } from '../connection/join-runner.ts';
import type { LastingCommand } from '../connection/lasting-command.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { jsonLine } from './print/json-line.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';

/** What a plain command does with the running loop. */
export type Deed = {
  readonly command: LastingCommand;
  /** Why it would come to nothing, as a sentence; null when it would not. */
  readonly refusal: (snapshot: Snapshot) => string | null;
  /** What comes of it: the state that the loop is in from now on, and a sentence. */
  readonly outcome: (
    snapshot: Snapshot,
    call: ReturnType<typeof callsOf>,
  ) => {
    readonly state: Snapshot['status']['kind'];
    readonly words: string;
  };
};

/**
 * Gives a command to the running loop and says what comes of it; resolves to the exit code. A runner of another version, whose snapshot
 * cannot be read, gets the command all the same.
 */
export async function commandRunner(invocation: Invocation, deed: Deed): Promise<number> {
  const { output } = invocation;
  const place = runnerPlace(invocation);
  const { find, version } = place;
  const runner = find();
  const joined = await joinRunner({
    role: 'command',
    version,
    find: () => runner,
    start: async () => ({ ok: false, reason: 'No loop is running.' }),
  });
  if (!joined.ok && joined.kind !== 'other-version') return refuseJoining(invocation, place, joined);
  if (!joined.ok) {
    const delivered = await deliverCommand(runner, version, deed.command);
    if ('ok' in delivered) return refuseJoining(invocation, place, delivered);
    if (delivered.kind === 'done') return exitCode.done;
    output.fail('no-loop', delivered.reason);
    return exitCode.noLoop;
  }
  const { connection } = joined;
  try {
    const snapshot = connection.getSnapshot();
    const refusal = deed.refusal(snapshot);
    if (refusal !== null) {
      output.fail('refused', refusal);
      return exitCode.error;
    }
    const delivery = await connection.deliver(deed.command);
    if (delivery.kind === 'refused') {
      output.fail('refused', delivery.reason);
      return exitCode.error;
    }
    if (delivery.kind === 'gone') {
      output.fail('no-loop', delivery.reason);
      return exitCode.noLoop;
    }
    const { state, words } = deed.outcome(snapshot, callsOf(invocation));
    output.print(output.isJson ? jsonLine({ type: 'state', at: Date.now(), state }) : words);
    return exitCode.done;
  } finally {
    connection.close();
  }
}
