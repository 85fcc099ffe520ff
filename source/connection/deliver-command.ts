import { cleanText } from '../presentation/clean-text.ts';
import { brokeOff, createDeliveries, type Delivery } from './deliveries.ts';
import { greetRunner } from './greet-runner.ts';
import { type JoinRefusal, noAnswer, noRunner } from './join-refusal.ts';
import type { LastingCommand } from './lasting-command.ts';
import type { RunnerLine } from './runner-line.ts';
import type { RunnerPointer } from './runner-pointer.ts';

/** How long a runner that has greeted may take to confirm a command, ms. */
const patienceMs = 5000;

/** Gives a command that every version knows to a runner of any version. */
export async function deliverCommand(
  runner: RunnerPointer | null,
  version: string,
  command: LastingCommand,
): Promise<Delivery | JoinRefusal> {
  if (runner === null) return noRunner;
  const deliveries = createDeliveries();
  const id = deliveries.number();
  const delivery = deliveries.await(id);
  let line: RunnerLine | null = null;
  const greeted = await greetRunner(
    { runner, version, role: 'command', view: null, until: 'hello' },
    {
      onGreeted(greetedLine) {
        line = greetedLine;
        line.send({ type: 'command', id, command });
      },
      onMessage(message) {
        if (message.type === 'done') deliveries.confirm(message.id);
        if (message.type === 'end') deliveries.giveUp(cleanText(message.reason));
      },
      onEnd: () => deliveries.giveUp(brokeOff),
    },
  );
  if (!greeted.ok) return greeted;
  const timer = setTimeout(() => deliveries.giveUp(noAnswer(runner).reason), patienceMs);
  try {
    return await delivery;
  } finally {
    clearTimeout(timer);
    (line as RunnerLine | null)?.close();
  }
}
