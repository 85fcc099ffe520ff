import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Notice } from '../engine/notice.ts';
import type { Failure } from '../generation/failure.ts';
import type { CallOf } from '../presentation/describe-failure.ts';
import { describeLeft } from '../presentation/describe-left.ts';
import { exitCodeOf } from './connect.ts';
import { onEndingSignal } from './ending-signals.ts';
import { type EndingSignal, exitCode, signalExitCode } from './exit-code.ts';
import type { Output } from './output.ts';
import { failureSentences } from './print/notice-event.ts';
import type { RunPrinter } from './print/run-printer.ts';

/** What a run without a screen needs of a runner. */
export type LoopRunner = Pick<RunnerConnection, 'send'> & { close(): Promise<void> };

/** What a loop calls back with. */
export type LoopEar = {
  /** Each notice, in order; `url` is the WebUI's. */
  readonly onNotice: (notice: Notice, url: string) => void;
  /** It goes on with what an earlier runner left; before any notice. */
  readonly onContinued: () => void;
};

export type RunLoopOptions = {
  /** Whether a WebUI that does not answer at the start is waited for; once connected it always is, by a loop that was cut off too. */
  readonly isWaiting: boolean;
  readonly output: Output;
  readonly printer: RunPrinter;
  /** How a command for this loop is called. */
  readonly call: CallOf;
  /** Starts the loop with the plan. Null where it cannot, which has been said. */
  readonly startRunner: (told: LoopEar) => Promise<LoopRunner | null>;
};

/**
 * `timeout` signals its command and then its process group, and `npm start` passes Ctrl-C on to a program that has it from the terminal
 * already: what comes again this soon, ms, is the same wish. A person is slower.
 */
const echoMs = 150;

/** Runs one loop to its end, telling it as it goes; resolves to the exit code. */
export async function runLoop(options: RunLoopOptions): Promise<number> {
  const { output, printer, call } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  let { isWaiting } = options;
  let hasConnected = false;
  let isOver = false;
  let lastFailure: Failure | null = null;
  let signalCount = 0;
  let signalledAt = Number.NEGATIVE_INFINITY;
  let lastSignal: EndingSignal | null = null;

  const finish = (code: number) => {
    isOver = true;
    end(code);
  };
  const onNotice = (notice: Notice, url: string) => {
    if (isOver) return;
    if (notice.type === 'connected') hasConnected = true;
    if (notice.type === 'failure') lastFailure = notice.failure;
    // Told before the WebUI is, and no answer of it.
    const isOfTheDisk = notice.type === 'failure' && notice.failure.kind === 'low-space';
    if (notice.type === 'failure' && !isOfTheDisk && !hasConnected && !isWaiting) {
      output.say(failureSentences(notice.failure, url, false, call));
      // Said once, since nothing will be tried again.
      if (output.isJson) printer.take({ ...notice, willRetry: false, retryDelayMs: null }, url);
      return finish(exitCodeOf(notice.failure));
    }
    printer.take(notice, url);
    if (notice.type !== 'stopped') return;
    // Events alone would leave a script's user with an exit code and no word.
    if (notice.reason === 'needs-you' && lastFailure && output.isJson)
      output.say(failureSentences(lastFailure, url, false, call));
    if (notice.leftCount !== undefined && output.isJson) output.say(describeLeft(notice.leftCount));
    finish(codeOf(notice.reason, lastSignal));
  };
  const onContinued = () => {
    isWaiting = true;
  };
  const runner = await options.startRunner({ onNotice, onContinued });
  if (runner === null) return exitCode.error;
  const stop = (now: boolean) => runner.send({ type: 'stop', now });

  /** The first signal lets what runs finish, the second interrupts it, the third does not wait for the WebUI either. */
  const stopListening = onEndingSignal((signal) => {
    const isEcho = signal === lastSignal && performance.now() - signalledAt < echoMs;
    if (isEcho) return;
    signalledAt = performance.now();
    lastSignal = signal;
    signalCount += 1;
    if (signalCount > 2 || !hasConnected) return finish(signalExitCode[signal]);
    output.say(
      signalCount === 1
        ? 'Ending after the running generation. Once more interrupts it.'
        : 'Interrupting the running generation. Once more ends at once.',
    );
    stop(signalCount === 2);
  });
  const onReaderGone = () => stop(false);
  output.readerGone.addEventListener('abort', onReaderGone);

  try {
    const code = await ended;
    await runner.close();
    // To a person, a run that never began has nothing to sum up.
    if (hasConnected || output.isJson) printer.finish(Date.now());
    return code;
  } finally {
    stopListening();
    output.readerGone.removeEventListener('abort', onReaderGone);
  }
}

function codeOf(reason: 'asked' | 'goal-reached' | 'needs-you', signal: EndingSignal | null): number {
  if (signal !== null) return signalExitCode[signal];
  return reason === 'needs-you' ? exitCode.error : exitCode.done;
}
