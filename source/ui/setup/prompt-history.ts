/** Earlier prompts being gone through; what is written at any place of it is kept until the screen is left. */
export type PromptHistory = {
  /** Newest first, bounded by whoever keeps them. */
  readonly entries: readonly string[];
  /** 0 is what is being written now, n the n-th newest entry. */
  readonly position: number;
  readonly edits: Readonly<Record<number, string>>;
};

export function createHistory(entries: readonly string[]): PromptHistory {
  return { entries, position: 0, edits: {} };
}

/** The next older (`1`) or newer (`-1`) text, given the one written at this place; null at the end. */
export function travelHistory(
  history: PromptHistory,
  by: 1 | -1,
  written: string,
): { readonly history: PromptHistory; readonly text: string } | null {
  const position = history.position + by;
  if (position < 0 || position > history.entries.length) return null;
  const edits = { ...history.edits, [history.position]: written };
  return {
    history: { ...history, position, edits },
    text: edits[position] ?? history.entries[position - 1] ?? '',
  };
}
