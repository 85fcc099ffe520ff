import type { LoopState } from '../engine/state.ts';
import type { MemoryUse } from '../generation/webui.ts';
import { statusOf } from '../presentation/loop-status.ts';
import { planAdaptationOf } from '../presentation/plan-adaptation.ts';
import { runningOf } from '../presentation/running-generation.ts';
import type { Message, Snapshot } from '../presentation/snapshot.ts';
import { spaceLastsMs } from '../stats/image-bytes.ts';
import type { MemoryGrowth } from '../stats/memory-growth.ts';
import type { Stats } from '../stats/stats.ts';
import { type Throughput, throughputOf } from '../stats/throughput.ts';
import type { SharedSnapshot } from './open-connection.ts';

/** Puts together what every screen may know. */
export function buildSnapshot(parts: {
  readonly at: number;
  readonly startedAt: number;
  readonly url: string;
  readonly isDemo: boolean;
  readonly state: LoopState;
  readonly stats: Stats;
  readonly saving: Snapshot['saving'];
  /** Null where nothing is known of the disk. */
  readonly freeBytes: number | null;
  readonly floorBytes: number;
  readonly slowdown: Snapshot['slowdown'];
  readonly memory: MemoryUse | null;
  readonly growth: (imagesPerMinute: number | null) => MemoryGrowth;
  readonly messages: readonly Message[];
  readonly ledgerTrouble: string | null;
}): SharedSnapshot {
  const { at, state } = parts;
  const throughput = throughputOf(parts.stats, at);
  return {
    at,
    runStartedAt: parts.startedAt,
    url: parts.url,
    webUi: state.lanes.find(({ webUi }) => webUi !== null)?.webUi ?? null,
    status: statusOf(state),
    plan: state.plan,
    adaptation: planAdaptationOf(state),
    running: runningOf(state, at),
    queued: state.lanes.flatMap(({ inFlight }) => inFlight.slice(1))[0]?.work.request ?? null,
    saving: parts.saving,
    throughput,
    space: spaceOf(parts, throughput),
    slowdown: parts.slowdown,
    memory: parts.memory,
    memoryGrowth: parts.growth(throughput.imagesPerMinute),
    isDemo: parts.isDemo,
    messages: parts.messages,
    ledgerTrouble: parts.ledgerTrouble,
  };
}

function spaceOf(
  parts: { readonly freeBytes: number | null; readonly floorBytes: number; readonly stats: Stats },
  { imagesPerMinute }: Throughput,
): Snapshot['space'] {
  const { freeBytes, floorBytes, stats } = parts;
  if (freeBytes === null) return null;
  const { bytesPerImage } = stats;
  const fullInMs = spaceLastsMs({ freeBytes, floorBytes, bytesPerImage, imagesPerMinute });
  return { freeBytes, floorBytes, fullInMs };
}
