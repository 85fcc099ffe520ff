/** Longer texts are compared by their beginnings: the work grows with the product of the lengths. */
const comparedLength = 60;

/**
 * The names that a person most likely meant, closest first; none when nothing is close. Ignores case and takes `_`, `-`, `.`
 * and spaces for the same.
 */
export function closeNames(asked: string, names: readonly string[], limit = 3): string[] {
  const wanted = fold(asked);
  if (wanted.length === 0) return [];
  return [...new Set(names)]
    .flatMap((name) => {
      const distance = distanceTo(wanted, fold(name));
      return distance === null ? [] : [{ name, distance }];
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

function fold(text: string): string[] {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._-]+/g, ' ')
    .trim();
  return Array.from(folded.slice(0, comparedLength));
}

/**
 * Edits from what was asked to the name, as if a beginning or a part of the name that was typed right cost less than one;
 * null when they have too little in common. The fraction prefers names of nearly the same length.
 */
function distanceTo(wanted: readonly string[], name: readonly string[]): number | null {
  const asked = wanted.join('');
  const full = name.join('');
  const lengthShare = Math.abs(wanted.length - name.length) / (10 * comparedLength);
  if (asked === full) return 0;
  if (wanted.length >= 2) {
    if (full.startsWith(asked)) return 0.25 + lengthShare;
    if (full.includes(asked)) return 0.5 + lengthShare;
  }
  if (name.length >= 3 && asked.includes(full)) return 0.75 + lengthShare;
  // One edit of two characters makes anything out of anything.
  if (wanted.length < 3) return null;
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  // What is longer than the name has to be taken away, one edit a character.
  if (wanted.length - name.length > allowed) return null;
  const { whole, beginning } = countEdits(wanted, name);
  if (whole <= allowed) return whole + lengthShare;
  return wanted.length >= 4 && beginning <= allowed ? beginning + 0.5 + lengthShare : null;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours that turn one text into the other (`whole`), and into the
 * beginning of the other that suits best (`beginning`).
 */
function countEdits(from: readonly string[], to: readonly string[]): { whole: number; beginning: number } {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwap && row > 1 && column > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforeLast = last;
    last = current;
  }
  return { whole: last[to.length] ?? from.length, beginning: Math.min(...last) };
}
