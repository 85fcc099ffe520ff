import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FileRow, FilesRequest, FilesView } from '../../../source/presentation/snapshot.ts';
import { requestFor } from '../../../source/ui/monitor/files-request.ts';
import {
  initialMonitorState,
  type MonitorAction,
  type MonitorState,
  reduceMonitor,
} from '../../../source/ui/monitor/monitor-state.ts';
import { exampleFiles, exampleRow } from './example-snapshot.ts';

const visibleCount = 10;

/** A list of files, newest first, that answers requests as the runner does. */
function createList(count: number) {
  let all: FileRow[] = Array.from({ length: count }, (_, index) => exampleRow(index, { id: count - index }));
  return {
    add(newCount: number) {
      const fresh = Array.from({ length: newCount }, (_, index) =>
        exampleRow(index, { id: all.length + newCount - index }),
      );
      all = [...fresh, ...all];
    },
    view({ firstIndex, count: wanted, filter }: FilesRequest): FilesView {
      const matches = all.filter((row) => row.name.includes(filter));
      const rows = matches.slice(firstIndex, firstIndex + wanted);
      return exampleFiles({ totalCount: all.length, matchCount: matches.length, filter, firstIndex, rows });
    },
    idAt: (index: number) => all[index]?.id,
  };
}

function start(count: number) {
  const list = createList(count);
  let state: MonitorState = initialMonitorState;
  const act = (action: MonitorAction) => {
    const before = { files: list.view(requestFor(state, visibleCount)), visibleCount };
    state = reduceMonitor(state, action, before);
    const after = { files: list.view(requestFor(state, visibleCount)), visibleCount };
    state = reduceMonitor(state, { type: 'files-changed' }, after);
    return state;
  };
  const arrive = (newCount: number) => {
    list.add(newCount);
    return act({ type: 'files-changed' });
  };
  return { list, act, arrive };
}

test('without a selection the list follows the newest', () => {
  const { act, arrive } = start(100);
  expect(arrive(4)).toEqual(initialMonitorState);
  expect(act({ type: 'newest' })).toEqual(initialMonitorState);
});

test('a selection stays on its file while new ones arrive, and stays visible', () => {
  const { list, act, arrive } = start(100);
  act({ type: 'move', rowCount: 1 });
  const selected = act({ type: 'move', rowCount: 2 }).selected;
  expect(selected).toEqual({ id: 98, index: 2 });
  const state = arrive(20);
  expect(state.selected).toEqual({ id: 98, index: 22 });
  expect(state.top).toEqual({ id: list.idAt(13), index: 13 });
});

test('a page further and the far end are reached and the first row follows', () => {
  const { act } = start(100);
  act({ type: 'page', direction: 1 });
  expect(act({ type: 'page', direction: 1 }).selected?.index).toBe(17);
  const end = act({ type: 'oldest' });
  expect(end.selected).toEqual({ id: 1, index: 99 });
  expect(end.top).toEqual({ id: 10, index: 90 });
  expect(act({ type: 'newest' })).toEqual(initialMonitorState);
});

test('whatever is pressed and arrives, the selection is a real file inside the visible rows', () => {
  const action = fc.constantFrom<MonitorAction | number>(
    { type: 'move', rowCount: 1 },
    { type: 'move', rowCount: -1 },
    { type: 'page', direction: 1 },
    { type: 'page', direction: -1 },
    { type: 'oldest' },
    { type: 'newest' },
    { type: 'toggle-details' },
    { type: 'back' },
    1,
    4,
    17,
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 120 }), fc.array(action, { maxLength: 40 }), (count, steps) => {
      const { list, act, arrive } = start(count);
      for (const step of steps) {
        const { selected, top } = typeof step === 'number' ? arrive(step) : act(step);
        if (selected === null) continue;
        const topIndex = top?.index ?? 0;
        expect(selected.index - topIndex).toBeGreaterThanOrEqual(0);
        expect(selected.index - topIndex).toBeLessThan(visibleCount);
        expect(list.idAt(selected.index)).toBe(selected.id);
      }
    }),
    { numRuns: 60 },
  );
});

test('a deleted file hands the selection to the one in its place', () => {
  const { list, act } = start(3);
  const state = act({ type: 'move', rowCount: 2 });
  expect(state.selected?.id).toBe(2);
  const files = list.view(requestFor(state, visibleCount));
  const rows = files.rows.filter(({ id }) => id !== 2);
  const next = reduceMonitor(
    state,
    { type: 'files-changed' },
    { files: { ...files, rows, matchCount: 2 }, visibleCount },
  );
  expect(next.selected).toEqual({ id: 1, index: 1 });
});

test('typing filters at once and starts again at the newest match', () => {
  const { act } = start(100);
  act({ type: 'oldest' });
  act({ type: 'open-filter' });
  const state = act({ type: 'type-filter', text: '032' });
  expect(state).toMatchObject({ filter: '032', isFilterOpen: true, selected: null, top: null });
  expect(requestFor(state, visibleCount)).toEqual({ firstIndex: 0, count: 40, filter: '032' });
  expect(act({ type: 'erase-filter' }).filter).toBe('03');
  expect(act({ type: 'close-filter' })).toMatchObject({ filter: '03', isFilterOpen: false });
  expect(act({ type: 'back' })).toMatchObject({ filter: '', isFilterOpen: false });
});

test('rows of an earlier filter do not move the selection', () => {
  const { list } = start(100);
  const state = { ...initialMonitorState, filter: 'x', selected: { id: null, index: 3 } };
  const files = list.view({ firstIndex: 0, count: 40, filter: '' });
  expect(reduceMonitor(state, { type: 'files-changed' }, { files, visibleCount })).toBe(state);
});

test('back closes details, then the filter, then the selection', () => {
  const { act } = start(100);
  act({ type: 'type-filter', text: '0' });
  act({ type: 'toggle-details' });
  expect(act({ type: 'back' })).toMatchObject({ areDetailsOpen: false, filter: '0' });
  expect(act({ type: 'back' })).toEqual(initialMonitorState);
});
