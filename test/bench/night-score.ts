import type { ServedRequest } from './demo-control.ts';
import type { Night, Span } from './live-through.ts';
import type { NightFault } from './night-faults.ts';
import { nightModel } from './night-webui.ts';
import { median } from './statistics.ts';

/** What the faults take from whoever asks, ms, by the WebUI's own clock; waits of the loop are not in it. */
export type Taken = {
  /** It was closed and delivered nothing: a proxy, a full disk, a lost password. */
  readonly closedMs: number;
  /** It was down for no longer than a start takes. */
  readonly bootMs: number;
  /** It worked on what failed, was cut off or was of another checkpoint. */
  readonly vainMs: number;
  /** It worked longer than usual. */
  readonly driftMs: number;
};

type Work = Span & { readonly imageCount: number; readonly isGood: boolean };

export function measureTaken(night: Night, faults: readonly NightFault[], bootsMs: readonly number[]): Taken {
  const closed = closedSpans(night, faults);
  const drift = night.befallen.find(({ name }) => name === 'drift');
  const works = worksOf(night);
  const good = works.filter(({ isGood }) => isGood);
  const slow = good.filter(({ from }) => drift !== undefined && from >= drift.from && from < drift.to);
  // A loop may ask for fewer images at once than at first.
  const usualMs = median(
    good.filter((work) => !slow.includes(work)).map((work) => lengthOf(work) / work.imageCount),
  );
  return {
    closedMs: sum(closed.map((span) => lengthOf(span) - sum(good.map((work) => sharedMs(span, work))))),
    bootMs: sum(bootsMs),
    vainMs: sum(works.filter(({ isGood }) => !isGood).map((work) => outsideMs(work, closed))),
    driftMs: sum(slow.map((work) => Math.max(0, lengthOf(work) - work.imageCount * usualMs))),
  };
}

export function takenMsOf({ closedMs, bootMs, vainMs, driftMs }: Taken): number {
  return closedMs + bootMs + vainMs + driftMs;
}

/** How long the WebUI rested after each fault, ms, a start included, and from one generation to the next when nothing was the matter. */
export type Rests = { readonly byFault: ReadonlyMap<string, number>; readonly betweenMs: number };

/** A shorter rest has nothing to do with a fault, ms. */
const shortestRestMs = 3000;

export function measureRests(night: Night, faults: readonly NightFault[]): Rests {
  const closed = closedSpans(night, faults);
  const byFault = new Map<string, number>();
  let betweenMs = 0;
  let restsFrom = night.from;
  const end = { from: night.to, to: night.to };
  for (const { from, to } of [...worksOf(night), end].sort((a, b) => a.from - b.from)) {
    const rest = { from: restsFrom, to: from };
    restsFrom = Math.max(restsFrom, to);
    const restMs = Math.max(0, outsideMs(rest, closed));
    const before = night.befallen.findLast((fault) => fault.from < rest.to);
    if (restMs < shortestRestMs || before === undefined) betweenMs += restMs;
    else byFault.set(before.name, (byFault.get(before.name) ?? 0) + restMs);
  }
  return { byFault, betweenMs };
}

function worksOf({ requests, cutOff }: Night): Work[] {
  const ended = requests.flatMap(({ startedAt, endedAt, seeds, outcome, checkpoint }: ServedRequest) => {
    if (startedAt === null || endedAt === null) return [];
    const isGood = outcome === 'completed' && (checkpoint ?? '').includes(nightModel);
    return [{ from: startedAt, to: endedAt, imageCount: seeds.length, isGood }];
  });
  return [...ended, ...cutOff.map((span) => ({ ...span, imageCount: 0, isGood: false }))];
}

function closedSpans({ befallen }: Night, faults: readonly NightFault[]): readonly Span[] {
  return befallen.filter((span) =>
    faults.some((fault) => fault.kind === 'faults' && fault.isClosed && fault.name === span.name),
  );
}

function lengthOf({ from, to }: Span): number {
  return to - from;
}

function sharedMs(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

function outsideMs(span: Span, others: readonly Span[]): number {
  return lengthOf(span) - sum(others.map((other) => sharedMs(span, other)));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
