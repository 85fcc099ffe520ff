/** What one way of encoding came to. */
export type Encoded = { readonly body: string; readonly byteCount: number };

/**
 * Finds the first step, and with it the best picture, that keeps within the budget, where each step comes to fewer bytes than the one
 * before. Begins with `guess`, the step that fitted last time: pictures of one run are much alike. The last step is taken even where it is
 * too large, since a coarse picture is better than none.
 */
export async function chooseStep<Step>(
  steps: readonly Step[],
  options: {
    readonly byteBudget: number;
    readonly guess: number;
    encode(step: Step): Promise<Encoded>;
  },
): Promise<{ readonly encoded: Encoded; readonly index: number }> {
  let first = 0;
  let last = steps.length - 1;
  let best: { encoded: Encoded; index: number } | null = null;
  let probe = Math.max(first, Math.min(options.guess, last));
  while (first <= last) {
    const encoded = await options.encode(steps[probe] as Step);
    const isFitting = encoded.byteCount <= options.byteBudget;
    if (isFitting || (best === null && probe === steps.length - 1)) best = { encoded, index: probe };
    if (isFitting) last = probe - 1;
    else first = probe + 1;
    // Next to the guess first, since it is seldom far off.
    const isNear = probe === options.guess;
    probe = isNear ? (isFitting ? last : first) : (first + last) >> 1;
  }
  if (best === null) throw new Error('There are no steps to choose from.');
  return best;
}
