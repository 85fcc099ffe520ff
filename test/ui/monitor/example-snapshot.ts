import type { Generation } from '../../../source/generation/generation.ts';
import { widestLimits } from '../../../source/generation/generation-limits.ts';
import { defaultParameters } from '../../../source/generation/parameters.ts';
import type {
  FileRow,
  FilesView,
  RunningGeneration,
  Snapshot,
} from '../../../source/presentation/snapshot.ts';
import { nothingNotMade } from '../../../source/stats/not-made.ts';
import type { Throughput } from '../../../source/stats/throughput.ts';

/** 22 November 2026, 14:03:21 where the test runs. */
export const exampleNow = new Date(2026, 10, 22, 14, 3, 21).getTime();

export const exampleGeneration: Generation = {
  id: 812,
  checkpoint: 'sub/dreamshaper_8.safetensors [879db523c3]',
  parameters: {
    ...defaultParameters,
    prompt: 'beautiful, masterpiece, best quality, extremely detailed, a lighthouse at dusk above a calm sea',
    sampler: 'DPM++ 2M',
    scheduler: 'Karras',
  },
  firstSeed: 3_005_953_957,
};

export const exampleRunning: RunningGeneration = {
  generation: exampleGeneration,
  startedAt: exampleNow - 8_000,
  fraction: 0.7,
  step: 14,
  stepCount: 20,
  batchNumber: 1,
  batchCount: 1,
  isEstimated: false,
  remainingMs: 3_400,
  isPreparing: false,
  stepsPerSecond: 7.9,
};

export const exampleThroughput: Throughput = {
  imageCount: 3_248,
  generationCount: 812,
  retryCount: 2,
  ...nothingNotMade,
  imagesPerMinute: 21.43,
  msPerImage: 2_800,
  stepsPerSecond: 7.91,
  gpuIdleMs: 4_600,
  gpuIdleShare: 0.0004,
  history: Array.from({ length: 60 }, (_, index) => 18 + ((index * 7) % 5)),
  historyStepMs: 30_000,
  activeMs: 11_564_000,
};

/** The file with this index in the newest-first list: four a generation, twelve seconds apart. */
export function exampleRow(index: number, overrides: Partial<FileRow> = {}): FileRow {
  const seed = 1_296_436_483 - index;
  return {
    id: 3_247 - index,
    name: `${String(3_247 - index).padStart(5, '0')}-${seed}.png`,
    savedAt: exampleNow - Math.floor(index / 4) * 12_000,
    origin: 'ours',
    seed,
    generationId: 811 - Math.floor(index / 4),
    width: 480,
    height: 264,
    byteCount: 182_400 - index * 100,
    durationMs: 2_700,
    ...overrides,
  };
}

export function exampleFiles(overrides: Partial<FilesView> = {}): FilesView {
  return {
    directory: '/home/me/webui/outputs/txt2img-images/2026-11-22',
    status: { kind: 'watching' },
    totalCount: 3_248,
    totalByteCount: 612_400_000,
    matchCount: 3_248,
    filter: '',
    firstIndex: 0,
    rows: Array.from({ length: 100 }, (_, index) => exampleRow(index)),
    ...overrides,
  };
}

/** A loop in full swing, with what the test is about put in its place. */
export function exampleSnapshot(overrides: Partial<Snapshot> = {}): Snapshot {
  return {
    at: exampleNow,
    runStartedAt: exampleNow - 11_564_000,
    url: 'http://127.0.0.1:7860',
    webUi: {
      url: 'http://127.0.0.1:7860',
      family: 'forge',
      version: 'f2.0.1v1.10.1',
      checkpoints: [],
      selectedCheckpoint: null,
      samplers: [],
      schedulers: [],
      hasProgress: true,
      livePreviews: { kind: 'none' },
      hasInterrupt: true,
      hasSkip: true,
      hasMemory: true,
      hasFaceRestoration: true,
      hasVariations: true,
      hasHires: true,
      canSave: true,
      canFreeMemory: true,
      canRestartItself: false,
      outputDirectory: null,
      maxInFlight: 2,
      limits: widestLimits,
      isOutputFollowable: true,
    },
    status: { kind: 'generating' },
    plan: null,
    adaptation: null,
    running: exampleRunning,
    queued: null,
    saving: null,
    throughput: exampleThroughput,
    space: null,
    slowdown: null,
    memoryGrowth: { ram: null, vram: null },
    memory: { ramUsed: null, ramTotal: null, vramUsed: 7.1 * 2 ** 30, vramTotal: 24 * 2 ** 30 },
    isDemo: false,
    files: exampleFiles(),
    messages: [{ id: 1, at: exampleNow, tone: 'good', text: 'The WebUI answers.' }],
    absence: null,
    ledgerTrouble: null,
    ...overrides,
  };
}
