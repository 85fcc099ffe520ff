import type { Event } from '../engine/event.ts';
import type { CutOffRun } from '../ledger/ledger.ts';
import type { RunnerOptions } from './runner-options.ts';

/** What the last runner left, unless it had come to an end with nothing in flight, or worked on another WebUI, which has none of it. */
export function worthResuming({ ledger, address, isDemo }: RunnerOptions): CutOffRun | null {
  const cutOff = ledger?.cutOff ?? null;
  if (cutOff === null || (cutOff.memory.ended !== null && cutOff.unfinished.length === 0)) return null;
  // The built-in WebUI listens at another port each time, and has the same outputs.
  return isDemo || cutOff.url === address.url ? cutOff : null;
}

/** What the loop goes on with: of one that had been ended, only what was in flight is looked for. */
export function toRestore(
  { memory, unfinished }: CutOffRun,
  { resumesAfterCrash }: RunnerOptions,
): Extract<Event, { type: 'restored' }>['cutOff'] {
  // Without a plan it was looking for what an ended one had left.
  if (memory.ended !== null || memory.plan === null)
    return { ...memory, plan: null, intention: 'run', unfinished, isOver: true };
  // One that was being stopped has what was in flight looked for, and then rests until somebody wants it.
  const goesOn = memory.intention === 'run' && resumesAfterCrash;
  return { ...memory, intention: goesOn ? 'run' : 'pause', unfinished };
}
