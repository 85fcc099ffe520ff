import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { snapToBoundary } from '../../../../source/ui/components/text-editor/boundaries.ts';
import {
  createEditor,
  type EditorAction,
  type EditorCommand,
  type EditorState,
  maxTextLength,
  reduceEditor,
} from '../../../../source/ui/components/text-editor/state.ts';

const width = 12;

/** A text with `|` where the cursor is. */
function editor(marked: string): EditorState {
  const cursor = marked.indexOf('|');
  return { ...createEditor(marked.replace('|', ''), { isMultiline: true }), cursor };
}

function marked({ text, cursor }: EditorState): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

function pressing(start: string, ...commands: EditorCommand[]): string {
  return marked(run(editor(start), ...commands.map((command) => ({ type: 'command', command }) as const)));
}

function run(state: EditorState, ...actions: EditorAction[]): EditorState {
  return actions.reduce((each, action) => reduceEditor(each, action, width), state);
}

const insert = (text: string): EditorAction => ({ type: 'insert', text });

describe('moving', () => {
  test.each<[string, EditorCommand, string]>([
    ['a cat|', 'word-left', 'a |cat'],
    ['a |cat', 'word-left', '|a cat'],
    ['a| (cat:1.2)', 'word-right', 'a (cat|:1.2)'],
    ['one\ntw|o', 'line-start', 'one\n|two'],
    ['o|ne\ntwo', 'line-end', 'one|\ntwo'],
    ['o|ne\ntwo', 'text-end', 'one\ntwo|'],
    ['一只|猫', 'right', '一只猫|'],
    ['👩‍🚀|x', 'left', '|👩‍🚀x'],
  ])('%j %s gives %j', (start, command, end) => {
    expect(pressing(start, command)).toBe(end);
  });

  test('up and down go by wrapped lines and keep their column over a short one', () => {
    expect(pressing('abcdefgh|\nab\nabcdefgh', 'down')).toBe('abcdefgh\nab|\nabcdefgh');
    expect(pressing('abcdefgh|\nab\nabcdefgh', 'down', 'down')).toBe('abcdefgh\nab\nabcdefgh|');
    expect(pressing('aaaa bbbb cccc d|ddd', 'up')).toBe('aaaa b|bbb cccc dddd');
  });
});

describe('deleting', () => {
  test.each<[string, EditorCommand, string]>([
    ['best (cat:1.2)|', 'cut-back-to-blank', 'best |'],
    ['best (cat:1.2)|', 'delete-word-back', 'best (cat:|'],
    ['|one two', 'delete-word-forward', '| two'],
    ['one t|wo\nthree', 'cut-to-line-end', 'one t|\nthree'],
    ['one t|\nthree', 'cut-to-line-end', 'one t|three'],
    ['one\ntw|o', 'cut-to-line-start', 'one\n|o'],
    ['e\u0301|x', 'delete-back', '|x'],
    ['🇩🇪|x', 'delete-back', '|x'],
    ['|', 'delete-back', '|'],
    ['|', 'delete-forward', '|'],
  ])('%j %s gives %j', (start, command, end) => {
    expect(pressing(start, command)).toBe(end);
  });

  test('what was cut can be put back elsewhere', () => {
    expect(pressing('one two|', 'cut-back-to-blank', 'text-start', 'put-back')).toBe('two|one ');
  });
});

describe('inserting', () => {
  test('a paste of many lines keeps its lines and loses its controls', () => {
    const state = run(editor('a|'), insert('b\r\nc\td\u001b[31me\u202e'));
    expect(marked(state)).toBe('ab\nc d[31me|');
  });

  test('what joins with the text after it leaves the cursor behind the whole character', () => {
    expect(marked(run(editor('|\u0301x'), insert('e')))).toBe('e\u0301|x');
    expect(pressing('🇩|-🇪!', 'delete-forward')).toBe('🇩🇪|!');
  });

  test('a one-line field makes one line of a paste', () => {
    const state = run(createEditor('', { isMultiline: false }), insert('http://a\nb'));
    expect(state.text).toBe('http://a b');
  });

  test('text beyond the limit is cut there, and said', () => {
    const state = run(editor('|'), insert('猫'.repeat(maxTextLength + 5)));
    expect(state.text).toHaveLength(maxTextLength);
    expect(state.isFull).toBe(true);
    expect(run(state, { type: 'command', command: 'delete-back' }).isFull).toBe(false);
  });
});

describe('undoing', () => {
  test('takes back a word typed in one go, not its letters', () => {
    const typed = run(editor('|'), ...['c', 'a', 't', ' ', 'x'].map(insert));
    const undo: EditorAction = { type: 'command', command: 'undo' };
    expect(run(typed, undo).text).toBe('cat ');
    expect(run(typed, undo, undo, undo).text).toBe('');
    expect(run(typed, undo, undo, undo, undo).text).toBe('');
  });
});

const actions = fc.oneof(
  fc.record({
    type: fc.constant('insert' as const),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('一', '👩‍🚀', '\u0301', '\u200d', ' ', '\n'),
    ),
  }),
  fc.record({ type: fc.constant('replace' as const), text: fc.string({ unit: 'grapheme', maxLength: 30 }) }),
  fc.record({
    type: fc.constant('command' as const),
    command: fc.constantFrom<EditorCommand>(
      'left',
      'right',
      'up',
      'down',
      'word-left',
      'word-right',
      'line-start',
      'line-end',
      'text-start',
      'text-end',
      'delete-back',
      'delete-forward',
      'delete-word-back',
      'delete-word-forward',
      'cut-back-to-blank',
      'cut-to-line-start',
      'cut-to-line-end',
      'put-back',
      'new-line',
      'undo',
      'redo',
    ),
  }),
);

test('whatever is pressed, the cursor stays on a character boundary', () => {
  fc.assert(
    fc.property(fc.array(actions, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (pressed, columns) => {
      let state = editor('|');
      for (const action of pressed) {
        state = reduceEditor(state, action, columns);
        expect(snapToBoundary(state.text, state.cursor)).toBe(state.cursor);
      }
    }),
  );
});

test('undoing everything gives the first text, redoing everything the last', () => {
  const changes = actions.filter((action) => action.type !== 'command' || !/undo|redo/.test(action.command));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(changes, { maxLength: 40 }), (first, pressed) => {
      const start = createEditor(first, { isMultiline: true });
      const end = run(start, ...pressed);
      const steps = pressed.map(() => ({ type: 'command', command: 'undo' }) as const);
      const undone = run(end, ...steps);
      expect(undone.text).toBe(start.text);
      const redone = run(undone, ...steps.map(() => ({ type: 'command', command: 'redo' }) as const));
      expect(redone.text).toBe(end.text);
    }),
  );
});
