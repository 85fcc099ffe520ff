/** What the loop asks for differently from here on, without a failure that says so. */
export type Adjustment =
  /** Enough generations went well for more to be tried again than memory was found for. */
  | { readonly kind: 'more-again'; readonly batchSize: number; readonly isFullSize: boolean }
  /** A proxy was found to cut requests after so long, ms. */
  | { readonly kind: 'wire-limit'; readonly limitMs: number }
  /** Enough generations went well for requests of up to so long to be tried again, ms. */
  | { readonly kind: 'longer-again'; readonly limitMs: number };
