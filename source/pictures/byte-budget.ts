/** Bytes of one picture, on a line that is quick. */
export const defaultByteBudget = 20_000;
