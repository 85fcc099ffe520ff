/** Something that can be picked from a list. */
export type PickerItem = {
  readonly id: string;
  readonly label: string;
  /** Quiet text at the right: a hash. */
  readonly detail: string;
  /** What distinguishes it: `selected`; empty for most. */
  readonly mark: string;
};

/**
 * The items in which every word of the filter occurs, whatever its case; best first: where the label begins with the filter, then
 * where words begin with it, then the rest, each in the order of the list.
 */
export function filterItems(items: readonly PickerItem[], filter: string): readonly PickerItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const ranked: PickerItem[][] = [[], [], []];
  for (const item of items) {
    const rank = rankOf(`${item.label} ${item.detail}`.toLowerCase(), words);
    if (rank !== null) ranked[rank]?.push(item);
  }
  return ranked.flat();
}

function rankOf(text: string, words: readonly string[]): 0 | 1 | 2 | null {
  let rank: 0 | 1 | 2 = text.startsWith(words[0] ?? '') ? 0 : 1;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at === -1) return null;
    if (!beginsWord(text, word, at)) rank = 2;
  }
  return rank;
}

function beginsWord(text: string, word: string, first: number): boolean {
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) {
    if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')) return true;
  }
  return false;
}
