import type { Generation } from '../../source/generation/generation.ts';
import { defaultParameters, type GenerationParameters } from '../../source/generation/parameters.ts';

export function sampleGeneration(
  parameters: Partial<GenerationParameters> = {},
  rest: Partial<Omit<Generation, 'parameters'>> = {},
): Generation {
  return {
    id: 1,
    checkpoint: 'random-sd15.safetensors [0ba8a68088]',
    firstSeed: 42,
    ...rest,
    parameters: {
      ...defaultParameters,
      prompt: 'a lighthouse on a cliff',
      sampler: 'DPM++ 2M',
      batchSize: 1,
      ...parameters,
    },
  };
}

/** The smallest thing that begins as a PNG does. */
export const tinyPng = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').toString('base64');

export function answerWith(info: object, images: readonly unknown[] = []): object {
  return { images, parameters: {}, info: JSON.stringify(info) };
}
