import type { Chosen, Decision, Undone } from '../../presentation/choosing.ts';
import { formatCounted } from '../../presentation/numbers.ts';

/** What came of something that a person did to images: a sentence. */
export type Deed = { readonly text: string; readonly tone: 'info' | 'warning' };

/** What came of a choice. */
export function describeChosen(chosen: Chosen, decision: Decision): Deed {
  if (!chosen.ok) return { text: chosen.reason, tone: 'warning' };
  const { paths, problems } = chosen;
  if (problems.length > 0) return { text: problems.join(' '), tone: 'warning' };
  const what = paths.size === 1 ? '' : ` (${formatCounted(paths.size, 'image')})`;
  return { text: `${wordsOf(decision)}${what}; u takes it back.`, tone: 'info' };
}

/** What an undo took back. */
export function describeUndone(undone: Undone): Deed {
  if (!undone.ok) return { text: undone.reason, tone: 'warning' };
  const { count, decision, problems } = undone;
  if (problems.length > 0) return { text: problems.join(' '), tone: 'warning' };
  if (decision === null || count === 0) return { text: 'There is nothing to take back.', tone: 'info' };
  const words = decision.kind === 'restore' ? 'Restored' : wordsOf(decision);
  return { text: `Taken back: ${words.toLowerCase()} (${formatCounted(count, 'image')}).`, tone: 'info' };
}

function wordsOf(decision: Decision): string {
  switch (decision.kind) {
    case 'keep':
      return 'Kept';
    case 'reject':
      return 'Rejected';
    case 'clear':
      return 'No choice';
    case 'stars':
      return formatCounted(decision.stars, 'star');
  }
}
