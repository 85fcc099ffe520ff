/** What one generation is made with; the wire names live in `webui/`. */
export type GenerationParameters = {
  readonly prompt: string;
  readonly negativePrompt: string;
  /** Pixels. Servers round to their own grid (A1111 down to 8), so a finished file may be a little smaller. */
  readonly width: number;
  readonly height: number;
  readonly steps: number;
  /** A name from the WebUI's list; null lets `chooseSampler` decide once the list is known. */
  readonly sampler: string | null;
  /** A label from the WebUI's list; null is the WebUI's own choice ("Automatic"). */
  readonly scheduler: string | null;
  readonly cfgScale: number;
  /** Images sampled together. */
  readonly batchSize: number;
  /** Batches in one generation. */
  readonly batchCount: number;
  readonly restoreFaces: boolean;
};

export type NumericParameter = 'width' | 'height' | 'steps' | 'cfgScale' | 'batchSize' | 'batchCount';

/** The ranges a person may ask for: those of A1111's own page, with room for its API where the page is narrower. */
export const parameterLimits: Readonly<
  Record<NumericParameter, { readonly min: number; readonly max: number; readonly isInteger: boolean }>
> = {
  width: { min: 64, max: 4096, isInteger: true },
  height: { min: 64, max: 4096, isInteger: true },
  steps: { min: 1, max: 150, isInteger: true },
  cfgScale: { min: 0, max: 30, isInteger: false },
  batchSize: { min: 1, max: 64, isInteger: true },
  batchCount: { min: 1, max: 100, isInteger: true },
};

export const defaultParameters: GenerationParameters = {
  prompt: '',
  negativePrompt: '',
  width: 480,
  height: 270,
  steps: 20,
  sampler: null,
  scheduler: null,
  cfgScale: 7,
  batchSize: 4,
  batchCount: 1,
  restoreFaces: true,
};
