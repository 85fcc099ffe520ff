import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clock that is so many times as fast as the real one, the same for all processes of a night. */
export type NightClock = {
  readonly factor: number;
  /** Its start by the real clock, and what it says then itself, ms since epoch. */
  readonly realStart: number;
  readonly nightStart: number;
};

/** How `fast-clock.ts` is told of it. */
export const clockVariable = 'NIGHT_CLOCK';

/** The file that holds how many bytes the disk is to have free; the disk itself is asked where there is none. */
export const freeSpaceVariable = 'NIGHT_FREE_SPACE';

/** Starts one at ten in the evening, so that the day changes on the way, as it does in a night. */
export function startNightClock(factor: number): NightClock {
  return { factor, realStart: realNow(), nightStart: new Date().setHours(22, 0, 0, 0) };
}

/** What it says at a moment of the real clock; before its start it is no faster than that. */
export function toNight({ factor, realStart, nightStart }: NightClock, realMs: number): number {
  const passedMs = realMs - realStart;
  return nightStart + (passedMs > 0 ? passedMs * factor : passedMs);
}

export function nightNow(clock: NightClock): number {
  return toNight(clock, realNow());
}

/** How long the real clock takes for so many ms of it: in whole ms, and never too short, as timers are not. */
export function toReal({ factor }: NightClock, nightMs: number): number {
  return Math.ceil(nightMs / factor);
}

/** The environment of a Node process that is to live by it, and to find so much space free as `freeSpacePath` says. */
export function nightEnvironment(clock: NightClock, freeSpacePath?: string): Record<string, string> {
  return {
    NODE_OPTIONS: `--import ${new URL('fast-clock.ts', import.meta.url).href}`,
    // What a start costs the processor is real time, and a fast clock makes much of it.
    NODE_COMPILE_CACHE: join(tmpdir(), 'sdloop-bench-compiled'),
    [clockVariable]: JSON.stringify(clock),
    ...(freeSpacePath !== undefined && { [freeSpaceVariable]: freeSpacePath }),
  };
}

/** In fractions of a ms, which a fast clock makes many of. */
function realNow(): number {
  return performance.timeOrigin + performance.now();
}
