import { cleanLines, cleanText } from '../../../presentation/clean-text.ts';
import {
  blankDelimitedBefore,
  characterAfter,
  characterBefore,
  lineAround,
  snapToBoundary,
  wordAfter,
  wordBefore,
} from './boundaries.ts';
import { emptyUndo, redo, remember, type UndoHistory, undo } from './undo.ts';
import { cursorAt, locate, wrapText } from './wrap.ts';

/** UTF-16 units; far above what any checkpoint reads, low enough to stay quick under the fingers. */
export const maxTextLength = 20_000;

/** Text being written, by whatever keys. */
export type EditorState = {
  readonly text: string;
  /** Index into `text`, always on a character boundary. */
  readonly cursor: number;
  /** The column that moving up and down aims for; null after any other movement. */
  readonly goalColumn: number | null;
  /** What Ctrl-W, Ctrl-K and Ctrl-U took last, for Ctrl-Y. */
  readonly cut: string;
  /** Whether the last insertion had to be cut to `maxTextLength`. */
  readonly isFull: boolean;
  readonly isMultiline: boolean;
  readonly undo: UndoHistory;
};

export type EditorCommand =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'word-left'
  | 'word-right'
  | 'line-start'
  | 'line-end'
  | 'text-start'
  | 'text-end'
  | 'delete-back'
  | 'delete-forward'
  | 'delete-word-back'
  | 'delete-word-forward'
  | 'cut-back-to-blank'
  | 'cut-to-line-start'
  | 'cut-to-line-end'
  | 'put-back'
  | 'new-line'
  | 'undo'
  | 'redo';

export type EditorAction =
  | { readonly type: 'insert'; readonly text: string }
  /** Another text altogether, as one step that can be undone. */
  | { readonly type: 'replace'; readonly text: string }
  | { readonly type: 'command'; readonly command: EditorCommand };

export function createEditor(text: string, options: { readonly isMultiline: boolean }): EditorState {
  const clean = cleaned(text, options.isMultiline).slice(0, maxTextLength);
  return {
    text: clean,
    cursor: clean.length,
    goalColumn: null,
    cut: '',
    isFull: false,
    isMultiline: options.isMultiline,
    undo: emptyUndo,
  };
}

/** What an action makes of the text; `width` is the columns that the text is wrapped to, which up and down go by. */
export function reduceEditor(state: EditorState, action: EditorAction, width: number): EditorState {
  switch (action.type) {
    case 'insert':
      return insert(state, action.text);
    case 'replace': {
      const text = cleaned(action.text, state.isMultiline).slice(0, maxTextLength);
      return change(state, text, text.length, 'other');
    }
    case 'command':
      return command(state, action.command, width);
  }
}

function command(state: EditorState, name: EditorCommand, width: number): EditorState {
  const { text, cursor } = state;
  switch (name) {
    case 'left':
      return move(state, characterBefore(text, cursor));
    case 'right':
      return move(state, characterAfter(text, cursor));
    case 'up':
      return moveByLine(state, -1, width);
    case 'down':
      return moveByLine(state, 1, width);
    case 'word-left':
      return move(state, wordBefore(text, cursor));
    case 'word-right':
      return move(state, wordAfter(text, cursor));
    case 'line-start':
      return move(state, lineAround(text, cursor).start);
    case 'line-end':
      return move(state, lineAround(text, cursor).end);
    case 'text-start':
      return move(state, 0);
    case 'text-end':
      return move(state, text.length);
    case 'delete-back':
      return remove(state, characterBefore(text, cursor), cursor);
    case 'delete-forward':
      return remove(state, cursor, characterAfter(text, cursor));
    case 'delete-word-back':
      return cut(state, wordBefore(text, cursor), cursor);
    case 'delete-word-forward':
      return cut(state, cursor, wordAfter(text, cursor));
    case 'cut-back-to-blank':
      return cut(state, blankDelimitedBefore(text, cursor), cursor);
    case 'cut-to-line-start':
      return cut(state, lineStartOrBreak(text, cursor), cursor);
    case 'cut-to-line-end':
      return cut(state, cursor, lineEndOrBreak(text, cursor));
    case 'put-back':
      return state.cut === '' ? state : insert(state, state.cut);
    case 'new-line':
      return state.isMultiline ? insert(state, '\n') : state;
    case 'undo':
      return travel(state, undo(state.undo, state));
    case 'redo':
      return travel(state, redo(state.undo, state));
  }
}

/** At the edge of its line a second press takes the line break, as in every editor with these keys. */
function lineStartOrBreak(text: string, cursor: number): number {
  const { start } = lineAround(text, cursor);
  return start === cursor ? Math.max(0, cursor - 1) : start;
}

function lineEndOrBreak(text: string, cursor: number): number {
  const { end } = lineAround(text, cursor);
  return end === cursor ? Math.min(text.length, cursor + 1) : end;
}

function cleaned(text: string, isMultiline: boolean): string {
  return isMultiline ? cleanLines(text) : cleanText(text.trim());
}

function insert(state: EditorState, inserted: string): EditorState {
  const clean = state.isMultiline ? cleanLines(inserted) : cleanText(inserted);
  if (clean === '') return state;
  const room = maxTextLength - state.text.length;
  const fits = clean.length <= room ? clean : clean.slice(0, startOfCut(clean, room));
  if (fits === '') return { ...state, isFull: true };
  const text = state.text.slice(0, state.cursor) + fits + state.text.slice(state.cursor);
  const isTyping = fits.length === clean.length && !/\s/.test(fits) && fits.length <= 16;
  const next = change(state, text, state.cursor + fits.length, isTyping ? 'typing' : 'other');
  return { ...next, isFull: fits.length < clean.length };
}

function startOfCut(text: string, room: number): number {
  return room <= 0 ? 0 : characterBefore(text, Math.min(text.length, room + 1));
}

function cut(state: EditorState, from: number, to: number): EditorState {
  if (from === to) return state;
  return { ...remove(state, from, to), cut: state.text.slice(from, to) };
}

function remove(state: EditorState, from: number, to: number): EditorState {
  return from === to
    ? state
    : change(state, state.text.slice(0, from) + state.text.slice(to), from, 'deleting');
}

function change(
  state: EditorState,
  text: string,
  cursor: number,
  kind: 'typing' | 'deleting' | 'other',
): EditorState {
  if (text === state.text) return state;
  return {
    ...state,
    text,
    // What was joined at the seam may have become one character.
    cursor: snapToBoundary(text, cursor),
    goalColumn: null,
    isFull: false,
    undo: remember(state.undo, state, kind),
  };
}

function travel(state: EditorState, step: ReturnType<typeof undo>): EditorState {
  return step === null ? state : { ...state, ...step, goalColumn: null, isFull: false };
}

function move(state: EditorState, cursor: number): EditorState {
  return { ...state, cursor, goalColumn: null, isFull: false, undo: { ...state.undo, lastKind: null } };
}

function moveByLine(state: EditorState, by: -1 | 1, width: number): EditorState {
  const lines = wrapText(state.text, width);
  const at = locate(state.text, lines, state.cursor);
  const target = at.line + by;
  if (target < 0) return move(state, 0);
  if (target >= lines.length) return move(state, state.text.length);
  const goalColumn = state.goalColumn ?? at.column;
  return { ...move(state, cursorAt(state.text, lines, target, goalColumn)), goalColumn };
}
