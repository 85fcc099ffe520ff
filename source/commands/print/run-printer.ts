import type { Notice } from '../../engine/notice.ts';
import type { Failure } from '../../generation/failure.ts';
import { formatClock } from '../../presentation/clock-time.ts';
import type { CallOf } from '../../presentation/describe-failure.ts';
import type { Output } from '../output.ts';
import { jsonLine } from './json-line.ts';
import { type LoopState, stateAfter } from './loop-state.ts';
import { noticeEvent } from './notice-event.ts';
import type { Paint } from './paint.ts';
import { plainWords } from './plain-words.ts';
import { countNotice, emptySummary, imagesPerMinute, summaryWords } from './summary.ts';

/** What a run is printed on. */
type Printed = Pick<Output, 'isJson' | 'print' | 'say' | 'isBehind'>;

/** Tells a run on the output: every notice as it comes, and the summary as the last line. */
export type RunPrinter = {
  /** `url` is the WebUI's. */
  take(notice: Notice, url: string): void;
  /** `at` in ms since epoch. */
  finish(at: number): void;
};

/** Starts telling a run that began at `startedAt` (ms since epoch); a log has the times already. */
export function createRunPrinter(
  output: Printed,
  {
    startedAt,
    paint,
    call,
  }: { readonly startedAt: number; readonly paint: Paint | null; readonly call?: CallOf | undefined },
): RunPrinter {
  let state: LoopState = 'connecting';
  let summary = emptySummary;
  let absence: Absence | null = null;
  return {
    take(notice, url) {
      summary = countNotice(summary, notice);
      const before = state;
      state = stateAfter(state, notice);
      if (output.isJson) return printEvents(output, { notice, url, call }, state === before ? null : state);
      const next = absenceAfter(absence, notice);
      if (next === null || next !== absence) printPlain(output, paint, { notice, url, call });
      absence = next;
    },
    finish(at) {
      const elapsedMs = Math.max(0, Math.round(at - startedAt));
      if (!output.isJson) return output.print(summaryWords(summary, elapsedMs));
      const { images, generations, failures } = summary;
      const gpuIdleMs = Math.round(summary.gpuIdleMs);
      const perMinute = imagesPerMinute(images, elapsedMs);
      const figures = { images, generations, failures, elapsedMs, imagesPerMinute: perMinute, gpuIdleMs };
      output.print(jsonLine({ type: 'summary', at, ...figures }));
    },
  };
}

/** The trouble that keeps a WebUI away, and when it was last told, ms since epoch. */
type Absence = { readonly failure: Failure; readonly toldAt: number };

/** A night without a WebUI is thousands of attempts: to a person, the same trouble is told once a minute. */
const repeatAfterMs = 60_000;

/** The same object where there is nothing new to tell. */
function absenceAfter(before: Absence | null, notice: Notice): Absence | null {
  if (notice.type !== 'failure') return null;
  const { failure, generation, at } = notice;
  if (generation !== null) return null;
  const isSame = before?.failure.kind === failure.kind && before.failure.detail === failure.detail;
  return isSame && at - before.toldAt < repeatAfterMs ? before : { failure, toldAt: at };
}

type Told = { readonly notice: Notice; readonly url: string; readonly call: CallOf | undefined };

/** A reader that is behind loses progress, which is only of the moment, and nothing else. */
function printEvents(output: Printed, { notice, url, call }: Told, newState: LoopState | null): void {
  const event = notice.type === 'progress' && output.isBehind() ? null : noticeEvent(notice, url, call);
  if (event) output.print(jsonLine(event));
  if (newState) output.print(jsonLine({ type: 'state', at: notice.at, state: newState }));
}

function printPlain(output: Printed, paint: Paint | null, { notice, url, call }: Told): void {
  const words = plainWords(notice, url, call);
  if (words === null) return;
  if (paint === null) return notice.type === 'failure' ? output.say(words) : output.print(words);
  const time = formatClock(notice.at);
  if (notice.type === 'failure') output.say(`${time}  ${words}`);
  else output.print(`${paint('dim', time)}  ${words}`);
}
