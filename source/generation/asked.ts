/** Another start of the same seed: `strength` (above 0, at most 1) of the noise comes from the second seed. */
export type Variation = { readonly subseed: number; readonly strength: number };

/** A second pass over the picture made larger ("hires fix"). */
export type Hires = {
  readonly scale: number;
  /** 0 for as many as in the first pass. */
  readonly steps: number;
  readonly denoisingStrength: number;
  /** Null for the one that every WebUI has. */
  readonly upscaler: string | null;
};

/** What makes a generation one that a person asked for beside the plan: it counts towards no goal, and its failure stops no loop. */
export type Asked = { readonly variation: Variation | null; readonly hires: Hires | null };

export const usualHires: Hires = { scale: 2, steps: 0, denoisingStrength: 0.5, upscaler: null };
