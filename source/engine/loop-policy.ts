/** What a person decides about failures beforehand. */
export type LoopPolicy = {
  /** Whether images may be made smaller than planned where memory allows nothing else. */
  readonly mayShrinkSize: boolean;
  /** After so long a request is cut on its way, ms; null where nobody knows of anything that does so. */
  readonly wireLimitMs: number | null;
};

export const usualPolicy: LoopPolicy = { mayShrinkSize: false, wireLimitMs: null };
