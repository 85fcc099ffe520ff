/** A text as it was, with the cursor where it was. */
type Remembered = { readonly text: string; readonly cursor: number };

export type UndoHistory = {
  readonly past: readonly Remembered[];
  readonly future: readonly Remembered[];
  /** What the newest change was: characters typed or deleted one after another are undone together, a word at a time. */
  readonly lastKind: ChangeKind | null;
};

export type ChangeKind = 'typing' | 'deleting' | 'other';

/** Steps that are kept. */
const depth = 200;

export const emptyUndo: UndoHistory = { past: [], future: [], lastKind: null };

/** Keeps what the text was before a change, unless the change goes on with the one before it. */
export function remember(history: UndoHistory, before: Remembered, kind: ChangeKind): UndoHistory {
  const continues = kind !== 'other' && kind === history.lastKind;
  const past = continues ? history.past : [...history.past, pick(before)].slice(-depth);
  return { past, future: [], lastKind: kind };
}

/** One step back: the text as it was and the history after it; null at the beginning. */
export function undo(history: UndoHistory, now: Remembered) {
  const before = history.past.at(-1);
  if (before === undefined) return null;
  const future = [...history.future, pick(now)];
  return { ...before, undo: { past: history.past.slice(0, -1), future, lastKind: null } };
}

/** One step forward again; null when nothing was undone. */
export function redo(history: UndoHistory, now: Remembered) {
  const after = history.future.at(-1);
  if (after === undefined) return null;
  const past = [...history.past, pick(now)];
  return { ...after, undo: { past, future: history.future.slice(0, -1), lastKind: null } };
}

function pick({ text, cursor }: Remembered): Remembered {
  return { text, cursor };
}
