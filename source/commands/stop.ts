import { setTimeout as after } from 'node:timers/promises';
import { deliverCommand } from '../connection/deliver-command.ts';
import { openLedgerReader } from '../ledger/open-ledger-reader.ts';
import { describeLeft } from '../presentation/describe-left.ts';
import { findStartedWebUi } from '../runner/started-webui.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { isAlive } from './is-alive.ts';
import { jsonLine } from './print/json-line.ts';
import { refuseJoining, runnerPlace } from './runner-place.ts';

/** How often it is looked whether the runner has ended, ms. */
const lookEveryMs = 50;

/** A runner that has nothing in flight ends sooner than this, and needs no word about waiting, ms. */
const quickMs = 1000;

/** `sdloop stop`: lets the running generation end (or interrupts it), then ends the loop; resolves when no process of it is left. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation;
  const place = runnerPlace(invocation);
  const { find, version, stateDirectory } = place;
  const runner = find();
  const delivered = await deliverCommand(runner, version, { type: 'stop', now: flags.isNow });
  if ('ok' in delivered) return refuseJoining(invocation, place, delivered);
  const startedAt = performance.now();
  let isTold = false;
  // A runner that went away before it confirmed is one that ended.
  while (runner !== null && isAlive(runner.pid)) {
    if (!isTold && performance.now() - startedAt > quickMs) {
      output.say(
        flags.isNow
          ? 'Interrupting the running generation.'
          : `Ending after the running generation. \`${callsOf(invocation)('stop --now')}\` interrupts it; Ctrl-C leaves it to itself.`,
      );
      isTold = true;
    }
    await after(lookEveryMs);
  }
  const webUi = findStartedWebUi(stateDirectory);
  if (webUi !== null) {
    output.say(
      `The WebUI that the restart command started goes on, as process ${webUi.pid}: \`kill -- -${webUi.pid}\` ends it.`,
    );
  }
  const leftCount = countLeft(stateDirectory);
  if (leftCount > 0) output.say(describeLeft(leftCount));
  output.print(output.isJson ? jsonLine({ type: 'state', at: Date.now(), state: 'stopped' }) : 'Stopped.');
  return exitCode.done;
}

/** Generations without an end of a loop that has ended: nobody knows yet what became of them. */
function countLeft(stateDirectory: string): number {
  const reading = openLedgerReader(stateDirectory);
  if (!reading.ok) return 0;
  try {
    return [...reading.reader.listOpenGenerations()].filter(({ isCurrent }) => isCurrent).length;
  } finally {
    reading.reader.close();
  }
}
