import { join } from 'node:path';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { openLedger } from '../../source/ledger/open-ledger.ts';

const generationSize = 4;

/** Writes a past run into the ledger in a directory, as a runner that ended in good order leaves it; `index` counts images from 0. */
export function fillLedger(
  directory: string,
  url: string,
  imageCount: number,
  pathOf: (index: number, seed: number) => string = usualPath,
): void {
  const ledger = openLedger({ directory });
  const memory = { plan: null, position: null, intention: 'run', ended: null } as const;
  const parameters = { ...defaultParameters, prompt: 'a lighthouse', batchSize: generationSize };
  const start = Date.now() - imageCount * 1000;
  ledger.beginRun({ at: start, url, isContinued: false });
  for (let id = 1; id * generationSize <= imageCount; id++) {
    const at = start + id * 1000;
    const firstSeed = 1_000_000 + id * generationSize;
    const generation = { id, checkpoint: 'demo-landscape.safetensors', parameters, firstSeed };
    const images = Array.from({ length: generationSize }, (_, index) => {
      const seed = firstSeed + index;
      const path = pathOf(seed - firstSeed + (id - 1) * generationSize, seed);
      const image = { seed, path, width: 480, height: 264, byteCount: 180_000, savedAt: at };
      return {
        type: 'image',
        at,
        generation,
        checkpoint: generation.checkpoint,
        durationMs: 250,
        image,
      } as const;
    });
    const ending = {
      outcome: 'finished',
      imageCount: generationSize,
      durationMs: 1000,
      gpuIdleMs: 0,
    } as const;
    ledger.record({
      at,
      notices: [
        { type: 'generation-started', at, generation },
        ...images,
        { type: 'generation-finished', at, generation, ...ending },
      ],
      memory,
      saving: 'server',
    });
  }
  ledger.endRun(Date.now());
  ledger.close();
}

function usualPath(_index: number, seed: number): string {
  return join('/srv/outputs/2026-11-01', `${String(seed - 1_000_000).padStart(5, '0')}-${seed}.png`);
}
