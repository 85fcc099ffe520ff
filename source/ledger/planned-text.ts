import type { Generation } from '../generation/generation.ts';

/** A generation as its row holds it: all but the prompts, which have rows of their own. */
export function plannedText({ parameters, ...generation }: Generation): string {
  const { prompt: _, negativePrompt: __, ...rest } = parameters;
  return JSON.stringify({ ...generation, parameters: rest });
}

/** The generation again, exactly as it was planned. */
export function parsePlanned(text: string, prompt: string, negativePrompt: string): Generation {
  const planned: Generation = JSON.parse(text);
  return { ...planned, parameters: { ...planned.parameters, prompt, negativePrompt } };
}
