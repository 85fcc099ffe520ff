import { dirname } from 'node:path';
import { cleanText } from '../presentation/clean-text.ts';
import type { FilesRequest } from '../presentation/snapshot.ts';
import { type JoinRefusal, noAnswer, noRunner, notAllowed, refusalOfError } from './join-refusal.ts';
import { otherVersionReason } from './other-version.ts';
import { ownDirectoryTrouble } from './own-directory.ts';
import { type ClientMessage, protocolVersion, type ServerMessage } from './protocol.ts';
import { openRunnerLine, type RunnerLine, type RunnerLineListener } from './runner-line.ts';
import type { RunnerPointer } from './runner-pointer.ts';

/** A busy machine included; a runner that lives answers within milliseconds. */
const defaultPatienceMs = 5000;

export type Greeting = {
  readonly runner: RunnerPointer;
  /** Of this program. */
  readonly version: string;
  readonly role: Extract<ClientMessage, { type: 'hello' }>['role'];
  /** What the first snapshot is to show of the files; null for none. */
  readonly view: FilesRequest | null;
  /** What must have come: a first snapshot comes only from a runner of this version, the greeting from any. */
  readonly until: 'hello' | 'snapshot';
  readonly patienceMs?: number | undefined;
};

export type GreetedListener = RunnerLineListener & {
  /** What was to come is here: the line may be used from now on. Called just before the message that it came with is passed on. */
  onGreeted(line: RunnerLine): void;
};

/** Connects to a runner; the listener hears every message from the first on, and of the end only of a line that was greeted. */
export function greetRunner(
  greeting: Greeting,
  listener: GreetedListener,
): Promise<{ readonly ok: true } | JoinRefusal> {
  const { runner, version, role } = greeting;
  const trouble = ownDirectoryTrouble(dirname(runner.socketPath));
  // Whoever can put a socket there could pose as the runner, and be sent a password.
  if (trouble !== null) {
    return Promise.resolve(
      trouble === 'is not there' ? noRunner : notAllowed(runner.socketPath, `its directory ${trouble}`),
    );
  }
  const { promise, resolve } = Promise.withResolvers<{ ok: true } | JoinRefusal>();
  let isGreeted = false;
  const refuse = (refusal: JoinRefusal) => {
    clearTimeout(timer);
    line.close();
    resolve(refusal);
  };
  const timer = setTimeout(() => refuse(noAnswer(runner)), greeting.patienceMs ?? defaultPatienceMs);
  const line = openRunnerLine(runner.socketPath, {
    onMessage(message) {
      const refusal = isGreeted ? null : refusalOf(message, greeting);
      if (refusal) return refuse(refusal);
      if (!isGreeted && message.type === greeting.until) {
        isGreeted = true;
        clearTimeout(timer);
        listener.onGreeted(line);
        resolve({ ok: true });
      }
      listener.onMessage(message);
    },
    onEnd(error) {
      if (isGreeted) return listener.onEnd(error);
      refuse(error === null ? noRunner : refusalOfError(error, runner));
    },
  });
  line.send({ type: 'hello', protocol: protocolVersion, version, role });
  if (greeting.view) line.send({ type: 'view', request: greeting.view });
  return promise;
}

function refusalOf(message: ServerMessage, { until, version }: Greeting): JoinRefusal | null {
  if (message.type === 'hello') {
    const isSame = message.version === version && message.protocol === protocolVersion;
    if (isSame || until === 'hello') return null;
    const reason = otherVersionReason({ runner: message.version, screen: version });
    return { ok: false, kind: 'other-version', reason };
  }
  if (message.type !== 'end') return null;
  const reason = cleanText(message.reason);
  switch (message.kind) {
    case 'loop-ended':
      return { ok: false, kind: 'no-runner', reason };
    case 'other-version':
      return { ok: false, kind: 'other-version', reason };
    case 'bad-message':
    case 'too-many-clients':
      return { ok: false, kind: 'refused', reason };
  }
}
