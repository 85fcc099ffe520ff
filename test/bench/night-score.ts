import type { ServedRequest } from './demo-control.ts';
import type { Night, Span } from './live-through.ts';
import type { NightFault } from './night-faults.ts';
import { nightModel } from './night-world.ts';
import { median } from './statistics.ts';

/** What the faults take from whoever asks, ms, by the WebUI's own clock; waits of the loop are not in it. */
export type Taken = {
  /** It was closed: a proxy, a full disk, a lost password. */
  readonly closedMs: number;
  /** It was down for no longer than a start takes. */
  readonly bootMs: number;
  /** It worked on what failed or was of another checkpoint. */
  readonly vainMs: number;
  /** It worked longer than usual. */
  readonly driftMs: number;
};

export function measureTaken(night: Night, faults: readonly NightFault[], bootsMs: readonly number[]): Taken {
  const closed = faults.flatMap((fault) => {
    const span = fault.kind === 'faults' && fault.isClosed ? night.spans.get(fault.name) : undefined;
    return span === undefined ? [] : [span];
  });
  const drift = night.spans.get('drift');
  const works = night.requests.flatMap(workOf).filter(({ from }) => !closed.some((span) => isIn(from, span)));
  const good = works.filter(({ isGood }) => isGood);
  const slow = good.filter(({ from }) => drift !== undefined && isIn(from, drift));
  const usualMs = median(good.filter((work) => !slow.includes(work)).map(({ ms }) => ms));
  return {
    closedMs: sum(closed.map(({ from, to }) => to - from)),
    bootMs: sum(bootsMs),
    vainMs: sum(works.filter(({ isGood }) => !isGood).map(({ ms }) => ms)),
    driftMs: sum(slow.map(({ ms }) => Math.max(0, ms - usualMs))),
  };
}

export function takenMsOf({ closedMs, bootMs, vainMs, driftMs }: Taken): number {
  return closedMs + bootMs + vainMs + driftMs;
}

function workOf({ startedAt, endedAt, outcome, checkpoint }: ServedRequest) {
  if (startedAt === null || endedAt === null) return [];
  const isGood = outcome === 'completed' && (checkpoint ?? '').includes(nightModel);
  return [{ from: startedAt, ms: endedAt - startedAt, isGood }];
}

function isIn(moment: number, { from, to }: Span): boolean {
  return moment >= from && moment < to;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
