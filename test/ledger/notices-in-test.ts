import type { Notice } from '../../source/engine/notice.ts';
import type { Generation } from '../../source/generation/generation.ts';
import { imageCountOf, seedsOf } from '../../source/generation/generation.ts';
import { defaultParameters, type GenerationParameters } from '../../source/generation/parameters.ts';
import type { Ledger, LoopMemory } from '../../source/ledger/ledger.ts';
import { exampleWebUi } from '../ui/example-webui.ts';

export const start = 1_800_000_000_000;

export const restingMemory: LoopMemory = { plan: null, position: null, intention: 'run', ended: null };

export function generationOf(id: number, parameters: Partial<GenerationParameters> = {}): Generation {
  return {
    id,
    checkpoint: 'dreamshaper_8.safetensors [879db523c3]',
    parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 4, ...parameters },
    firstSeed: 1000 + id * 10,
  };
}

export function connected(at = 0, version: string | null = 'v1.10.1'): Notice {
  return { type: 'connected', at: start + at, webUi: { ...exampleWebUi, version }, isReconnect: false };
}

export function started(generation: Generation, at = 0): Notice {
  return { type: 'generation-started', at: start + at, generation };
}

export function image(
  generation: Generation,
  seed: number,
  { at = 0, directory = '/outputs', checkpoint = generation.checkpoint } = {},
): Notice {
  const path = `${directory}/${String(seed).padStart(5, '0')}-${seed}.png`;
  const savedAt = start + at;
  return {
    type: 'image',
    at: savedAt,
    generation,
    checkpoint,
    durationMs: 700,
    image: { seed, path, width: 480, height: 264, byteCount: 1234, savedAt },
  };
}

export function images(generation: Generation, options: Parameters<typeof image>[2] = {}): Notice[] {
  return seedsOf(generation).map((seed) => image(generation, seed, options));
}

export function finished(
  generation: Generation,
  at = 0,
  facts: Partial<Extract<Notice, { type: 'generation-finished' }>> = {},
): Notice {
  return {
    type: 'generation-finished',
    at: start + at,
    generation,
    outcome: 'finished',
    imageCount: imageCountOf(generation),
    durationMs: 2800,
    gpuIdleMs: 5,
    ...facts,
  };
}

export function failure(generation: Generation | null, at = 0): Notice {
  return {
    type: 'failure',
    at: start + at,
    failure: { kind: 'out-of-memory', detail: 'CUDA' },
    generation,
    willRetry: true,
    retryDelayMs: 1000,
  };
}

/** All notices of generations that went well. */
export function wholeGeneration(generation: Generation, options: Parameters<typeof image>[2] = {}): Notice[] {
  const { at = 0 } = options;
  return [started(generation, at), ...images(generation, options), finished(generation, at)];
}

export function record(ledger: Ledger, notices: readonly Notice[], memory: LoopMemory = restingMemory): void {
  ledger.record({ at: notices.at(-1)?.at ?? start, notices, memory, saving: 'server' });
}
