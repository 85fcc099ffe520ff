import { joinRunner } from '../connection/join-runner.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { jsonLine } from './print/json-line.ts';
import { statusEvent, statusWords } from './print/status.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';

/** `sdloop status`: one look at the running loop. */
export async function perform(invocation: Invocation): Promise<number> {
  const { environment, output } = invocation;
  const place = runnerPlace(invocation);
  const runner = place.find();
  const joined = await joinRunner({
    role: 'command',
    version: place.version,
    find: () => runner,
    // Only screens start a runner by themselves.
    start: async () => ({ ok: false, reason: 'No loop is running.' }),
  });
  if (!joined.ok) return refuseJoining(invocation, place, joined);
  const snapshot = joined.connection.getSnapshot();
  joined.connection.close();
  if (output.isJson) {
    output.print(jsonLine(statusEvent(snapshot, { profile: place.profile, pid: runner?.pid ?? 0 })));
    return exitCode.done;
  }
  const { hasUnicode } = terminalAbilities(environment, process.stdout, 'auto');
  output.print(statusWords(snapshot, { now: Date.now(), isAscii: !hasUnicode, call: callsOf(invocation) }));
  return exitCode.done;
}
