import type { Failure } from '../generation/failure.ts';
import type { MemoryUse } from '../generation/webui.ts';
import { formatMemory } from '../presentation/byte-counts.ts';
import { growthOf, type MemoryGrowth } from '../stats/memory-growth.ts';
import { addMemorySample, growthPerImage, type MemoryTrend } from '../stats/memory-trend.ts';
import type { WebUiClient } from '../webui/client.ts';
import { isOnThisMachine, type MachineMemory, readMachineMemory } from './machine-memory.ts';

/** Memory moves slowly, and each question costs the server a look at the GPU. */
const usualIntervalMs = 10_000;

export type MemoryWatchOptions = {
  readonly onChange: () => void;
  /** Images made so far. */
  readonly imageCount: () => number;
  /** The share of the machine's memory (0 to 1) from which on `onLow` is called; null never calls it. */
  readonly lowFromShare: number | null;
  /** Called at each look while the memory is low. */
  readonly onLow: (failure: Failure) => void;
  /** 10 s when not given. */
  readonly intervalMs?: number | undefined;
};

export type MemoryWatch = {
  open(client: WebUiClient): void;
  /** Asks only while the loop is at work. */
  setActive(isActive: boolean): void;
  latest(): MemoryUse | null;
  /** What grows, at so many images a minute. */
  growth(imagesPerMinute: number | null): MemoryGrowth;
  /** The WebUI was started anew or holds another checkpoint: what was seen before says nothing any more. */
  startOver(): void;
  close(): void;
};

/** Asks the WebUI now and then how much memory it uses, and follows how it grows. */
export function createMemoryWatch(options: MemoryWatchOptions): MemoryWatch {
  const { onChange, lowFromShare, onLow, imageCount, intervalMs = usualIntervalMs } = options;
  let client: WebUiClient | null = null;
  let latest: MemoryUse | null = null;
  let machine: MachineMemory | null = null;
  let ram: MemoryTrend = [];
  let vram: MemoryTrend = [];
  /** Bytes an image, worked out once a sample: snapshots are many. */
  let growing: { readonly ram: number | null; readonly vram: number | null } = { ram: null, vram: null };
  let timer: NodeJS.Timeout | null = null;

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  function startOver(): void {
    ram = [];
    vram = [];
    machine = null;
    growing = { ram: null, vram: null };
  }

  function take(use: MemoryUse, url: string): void {
    latest = use;
    const add = (trend: MemoryTrend, usedBytes: number | null) =>
      usedBytes === null ? trend : addMemorySample(trend, { imageCount: imageCount(), usedBytes });
    ram = add(ram, use.ramUsed);
    vram = add(vram, use.vramUsed);
    growing = { ram: growthPerImage(ram), vram: growthPerImage(vram) };
    machine = isOnThisMachine(url, use.ramTotal) ? readMachineMemory() : toldBy(use);
    if (machine === null || lowFromShare === null) return;
    const { usedBytes, totalBytes } = machine;
    if (usedBytes < lowFromShare * totalBytes) return;
    const percent = Math.floor((usedBytes / totalBytes) * 100);
    onLow({ kind: 'memory-low', detail: `${formatMemory(usedBytes, totalBytes)}, ${percent} %` });
  }

  async function ask(): Promise<void> {
    const asked = client;
    const own = timer;
    const result = await asked?.readMemory();
    // One that rested meanwhile has ended, and may have been begun again.
    if (timer !== own) return;
    timer = setTimeout(ask, intervalMs);
    if (asked !== client || !asked || !result?.ok) return;
    take(result.value, asked.url);
    onChange();
  }

  return {
    open(next) {
      client = next;
      latest = null;
      startOver();
    },
    setActive(isActive) {
      if (!isActive) cancel();
      else timer ??= setTimeout(ask, 0);
    },
    latest: () => latest,
    growth: (imagesPerMinute) => ({
      ram: growthOf(growing.ram, machine && machine.totalBytes - machine.usedBytes, imagesPerMinute),
      vram: growthOf(growing.vram, freeVram(latest), imagesPerMinute),
    }),
    startOver,
    close() {
      cancel();
      client = null;
    },
  };
}

/** Of a machine that cannot be looked at only the WebUI's own part is known (webui-api.md 2.6). */
function toldBy({ ramUsed, ramTotal }: MemoryUse): MachineMemory | null {
  return ramUsed === null || ramTotal === null ? null : { usedBytes: ramUsed, totalBytes: ramTotal };
}

function freeVram(use: MemoryUse | null): number | null {
  if (use === null || use.vramUsed === null || use.vramTotal === null) return null;
  return use.vramTotal - use.vramUsed;
}
