/** What is known of the runner at the other end of a connection. */
export type RunnerLink =
  /** It is being started; the snapshot is an empty one until it answers. */
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  /** It ended in good order and said why; the snapshot is its last one. `at` is ms since epoch. */
  | { readonly kind: 'ended'; readonly at: number; readonly reason: string }
  /** It broke off without a word: killed, crashed, or its machine was. The snapshot is its last one. */
  | { readonly kind: 'lost'; readonly at: number }
  /** It could not be started or joined: a sentence that says why and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };
