import type { GenerationParameters } from '../generation/parameters.ts';
import type { SeedChoice } from '../generation/seed.ts';

/** What ends a loop by itself; none by default. */
export type Goal = { readonly kind: 'images'; readonly count: number };

/** What to generate next. */
export type Plan = {
  /** A checkpoint's title. */
  readonly checkpoint: string;
  readonly parameters: GenerationParameters;
  readonly seed: SeedChoice;
  readonly goal: Goal | null;
};
