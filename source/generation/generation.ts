import type { Asked } from './asked.ts';
import type { GenerationParameters } from './parameters.ts';

/** One txt2img request, from sending to its images: the loop's unit. */
export type Generation = {
  /** Counts from 1 within a run; shown as `#12`. */
  readonly id: number;
  /** The WebUI's title for the checkpoint, as asked for. */
  readonly checkpoint: string;
  readonly parameters: GenerationParameters;
  /** Image k has seed `firstSeed + k` (webui-api.md 6). */
  readonly firstSeed: number;
  /** Absent for a generation of the plan. */
  readonly asked?: Asked;
};

/** How many images the generation is to make. */
export function imageCountOf(generation: Pick<Generation, 'parameters'>): number {
  return generation.parameters.batchSize * generation.parameters.batchCount;
}

/** The seeds of the generation's images, in order. */
export function seedsOf(generation: Generation): number[] {
  return Array.from({ length: imageCountOf(generation) }, (_, index) => generation.firstSeed + index);
}
