import type { LoopState } from '../engine/state.ts';
import type { MemoryUse } from '../generation/webui.ts';
import { statusOf } from '../presentation/loop-status.ts';
import { planAdaptationOf } from '../presentation/plan-adaptation.ts';
import { runningOf } from '../presentation/running-generation.ts';
import type { Message, Snapshot } from '../presentation/snapshot.ts';
import type { Stats } from '../stats/stats.ts';
import { throughputOf } from '../stats/throughput.ts';
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
  readonly memory: MemoryUse | null;
  readonly messages: readonly Message[];
  readonly ledgerTrouble: string | null;
}): SharedSnapshot {
  const { at, state } = parts;
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
    throughput: throughputOf(parts.stats, at),
    memory: parts.memory,
    isDemo: parts.isDemo,
    messages: parts.messages,
    ledgerTrouble: parts.ledgerTrouble,
  };
}
