import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFileIndex } from '../../source/gallery/file-index.ts';
import { createFileViewer } from '../../source/gallery/view-files.ts';

const folder = '/pictures/2026-11-22';
const folders = { directory: folder, status: { kind: 'watching' } } as const;
const nameOf = (number: number) => `${String(number).padStart(5, '0')}-${number * 3}.png`;

function makeViewer(count: number) {
  const index = createFileIndex();
  for (let number = 0; number < count; number++) index.append(folder, nameOf(number));
  return { index, viewer: createFileViewer(index, () => undefined) };
}

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

describe('a window', () => {
  test('at the top takes new files in', () => {
    const { index, viewer } = makeViewer(5);
    const request = { firstIndex: 0, count: 2, filter: '' };
    viewer.view(request, folders);
    index.append(folder, nameOf(5));
    expect(names(viewer.view(request, folders).rows)).toEqual([nameOf(5), nameOf(4)]);
  });

  test('further down stays on its rows while files come, go above it and leave', () => {
    const { index, viewer } = makeViewer(50);
    const request = { firstIndex: 10, count: 2, filter: '' };
    const before = viewer.view(request, folders);
    index.append(folder, nameOf(50));
    index.append(folder, nameOf(51));
    index.remove(folder, nameOf(45));
    const after = viewer.view(request, folders);
    expect(after.rows).toEqual(before.rows);
    expect(after.firstIndex).toBe(11);
  });

  test('asked for anew is taken at its word, even with the same numbers', () => {
    const { index, viewer } = makeViewer(50);
    viewer.view({ firstIndex: 10, count: 2, filter: '' }, folders);
    index.append(folder, nameOf(50));
    expect(viewer.view({ firstIndex: 10, count: 2, filter: '' }, folders).firstIndex).toBe(10);
  });

  test('beyond the end shows the last rows', () => {
    const { viewer } = makeViewer(5);
    const view = viewer.view({ firstIndex: 99, count: 2, filter: '' }, folders);
    expect(view).toMatchObject({ firstIndex: 3, rows: [{ name: nameOf(1) }, { name: nameOf(0) }] });
  });

  test('is the same object until something changes', () => {
    const { index, viewer } = makeViewer(5);
    const request = { firstIndex: 0, count: 2, filter: '' };
    const view = viewer.view(request, folders);
    expect(viewer.view(request, folders)).toBe(view);
    index.append(folder, nameOf(5));
    expect(viewer.view(request, folders)).not.toBe(view);
  });
});

describe('a filter', () => {
  test('finds the name whatever the case, the seed and the generation', () => {
    const { index, viewer } = makeViewer(0);
    const upper = index.append(folder, '00001-5-Lighthouse.png');
    const hidden = index.append(folder, 'cat.png');
    index.append(folder, 'dog.png');
    index.learn(hidden, { byteCount: 1, savedAt: 1, width: 1, height: 1, seed: 777 });
    index.attribute(upper, { generationId: 12, seed: 5, durationMs: 1 });
    const find = (filter: string) => names(viewer.view({ firstIndex: 0, count: 9, filter }, folders).rows);
    expect(find('LIGHT')).toEqual(['00001-5-Lighthouse.png']);
    expect(find('777')).toEqual(['cat.png']);
    expect(find('#12')).toEqual(['00001-5-Lighthouse.png']);
    expect(find('nothing')).toEqual([]);
  });

  test('takes in a file whose generation becomes known after it was looked at', () => {
    const { index, viewer } = makeViewer(3);
    const request = { firstIndex: 0, count: 9, filter: '#4' };
    expect(viewer.view(request, folders).rows).toEqual([]);
    const id = index.folder(folder).ids.get(nameOf(1)) ?? 0;
    index.attribute(id, { generationId: 4, seed: 3, durationMs: 1 });
    viewer.retest(id);
    expect(names(viewer.view(request, folders).rows)).toEqual([nameOf(1)]);
  });

  test('shows the newest matches at once and the others when it has looked through all', async () => {
    const index = createFileIndex();
    for (let number = 0; number < 20_000; number++) index.append(folder, nameOf(number));
    const request = { firstIndex: 0, count: 3, filter: '9-' };
    await new Promise<void>((resolve) => {
      const viewer = createFileViewer(index, () => {
        if (viewer.view(request, folders).matchCount === 2000) resolve();
      });
      const view = viewer.view(request, folders);
      expect(names(view.rows)).toEqual([19_999, 19_989, 19_979].map(nameOf));
      index.append(folder, nameOf(99_999));
      index.remove(folder, nameOf(9));
    });
  });
});

test('any mixture of arrivals and removals shows what a plain list would', () => {
  const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 30 })), { maxLength: 80 });
  fc.assert(
    fc.property(steps, fc.constantFrom('', '1', '6.png'), (walk, filter) => {
      const { index, viewer } = makeViewer(3);
      let plain = [0, 1, 2].map(nameOf);
      const request = { firstIndex: 0, count: 100, filter };
      for (const [isArrival, number] of walk) {
        const name = nameOf(number);
        if (isArrival) {
          index.append(folder, name);
          if (!plain.includes(name)) plain = [...plain, name];
        } else {
          index.remove(folder, name);
          plain = plain.filter((known) => known !== name);
        }
        const shown = viewer.view(request, folders);
        expect(names(shown.rows)).toEqual(plain.filter((known) => known.includes(filter)).toReversed());
        expect(shown.totalCount).toBe(plain.length);
      }
    }),
  );
});

test('files of another folder are named from the shown one', () => {
  const { index, viewer } = makeViewer(1);
  index.append('/pictures/2026-11-23', nameOf(0));
  const view = viewer.view(
    { firstIndex: 0, count: 9, filter: '' },
    { ...folders, directory: '/pictures/2026-11-23' },
  );
  expect(names(view.rows)).toEqual([nameOf(0), join('../2026-11-22', nameOf(0))]);
});
