import type { CheckpointShelf, ShelvedCheckpoint } from '../checkpoint-shelf.ts';
import type { Sampler } from '../samplers.ts';

/** The hash that all imitations make up (captures/koboldcpp/01, captures/sd-server/01). */
export const fakeHash = { hash: '8888888888', sha256: '8'.repeat(64) };

/** The one checkpoint that an imitation has. */
export function onlyCheckpoint(shelf: CheckpointShelf): ShelvedCheckpoint {
  const [checkpoint] = shelf.list();
  if (!checkpoint) throw new Error('This family cannot start without a checkpoint.');
  return checkpoint;
}

/** Samplers by their names, each followed by its aliases. */
export function imitationSamplers(names: readonly (readonly [string, ...string[]])[]): readonly Sampler[] {
  return names.map(([name, ...aliases]) => ({ name, aliases, options: {} }));
}

/** What a body holds; undefined where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
