import { renameSync, rmSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  makeDirectory,
  namesOf,
  noon,
  openForTest,
  waitForView,
  writeLikeServer,
} from './helpers/gallery.ts';
import { mountOverlay } from './helpers/mounts.ts';
import { makePng } from './helpers/pictures.ts';

const now = () => noon;

describe('folders that come and go', () => {
  test('the list goes on over midnight with the new day at the top', async () => {
    const { directory, today } = makeDirectory();
    let at = noon;
    writeLikeServer(today, '00009-21.png', await makePng());
    const gallery = openForTest({ directory, now: () => at });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    at = new Date(2026, 10, 23, 0, 0, 5).getTime();
    const tomorrow = join(directory, '2026-11-23');
    writeLikeServer(tomorrow, '00000-22.png', await makePng());
    writeLikeServer(today, '00010-23.png', await makePng());
    const view = await waitForView(gallery, ({ rows }) => rows.length === 3);
    expect(view.rows.map(({ seed }) => seed).toSorted()).toEqual([21, 22, 23]);
    writeLikeServer(tomorrow, '00001-24.png', await makePng());
    const next = await waitForView(gallery, ({ rows }) => rows.length === 4);
    expect(next.directory).toBe(tomorrow);
    expect(namesOf(next)[0]).toBe('00001-24.png');
    expect(namesOf(next)).toContain('../2026-11-22/00009-21.png');
  });

  test("an older day's folder is not listed", async () => {
    const { directory, today } = makeDirectory();
    const old = writeLikeServer(join(directory, '2026-11-21'), '00000-1.png', await makePng());
    utimesSync(join(old, '..'), 1000, 1000);
    writeLikeServer(join(directory, '2026-11-20'), '00000-1.png', await makePng());
    writeLikeServer(today, '00000-2.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ status }) => status.kind === 'watching');
    expect(namesOf(view)).toEqual(['00000-2.png']);
  });

  test('a directory whose parents do not exist is waited for', async () => {
    const { directory, today } = makeDirectory();
    const gallery = openForTest({ directory: join(directory, 'deep/er'), now });
    gallery.start();
    const waiting = await waitForView(gallery, ({ status }) => status.kind === 'waiting-for-directory');
    expect(waiting.rows).toEqual([]);
    writeLikeServer(join(directory, 'deep/er/2026-11-22'), '00000-21.png', await makePng());
    expect(today).not.toBe(waiting.directory);
    await waitForView(gallery, ({ rows, status }) => rows.length === 1 && status.kind === 'watching');
  });

  test('deleted and made again, it is followed as before', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    rmSync(directory, { recursive: true });
    await waitForView(
      gallery,
      ({ rows, status }) => rows.length === 0 && status.kind === 'waiting-for-directory',
    );
    writeLikeServer(today, '00000-31.png', await makePng());
    await waitForView(gallery, ({ rows }) => rows[0]?.seed === 31);
    writeLikeServer(today, '00001-32.png', await makePng());
    await waitForView(gallery, ({ rows }) => rows[0]?.seed === 32);
  });

  test('replaced by another in one step, the new one is shown', async () => {
    const { directory, today } = makeDirectory();
    writeLikeServer(today, '00000-21.png', await makePng());
    const gallery = openForTest({ directory, now });
    gallery.start();
    await waitForView(gallery, ({ rows }) => rows.length === 1);
    writeLikeServer(join(directory, 'other'), '00000-99.png', await makePng());
    renameSync(today, join(directory, 'away'));
    renameSync(join(directory, 'other'), today);
    const view = await waitForView(gallery, ({ rows }) => rows.length === 1 && rows[0]?.seed === 99);
    expect(view.totalCount).toBe(1);
  });

  test('a file in its place is said, and got over', async () => {
    const { directory, today } = makeDirectory();
    writeFileSync(directory, '');
    const gallery = openForTest({ directory, now });
    gallery.start();
    const view = await waitForView(gallery, ({ status }) => status.kind === 'unreadable');
    expect(view.status).toEqual({ kind: 'unreadable', reason: 'there is a file where a folder should be' });
    unlinkSync(directory);
    writeLikeServer(today, '00000-21.png', await makePng());
    await waitForView(gallery, ({ rows, status }) => rows.length === 1 && status.kind === 'watching');
  });
});

test('events that fail to come are noticed, and the folder is polled from then on', async ({ skip }) => {
  const disk = mountOverlay();
  if (!disk) return skip('needs the right to mount');
  const gallery = openForTest({ directory: disk.shown, now, pollIntervalMs: 100 });
  writeLikeServer(join(disk.hidden, '2026-11-22'), '00000-21.png', await makePng());
  gallery.start();
  await waitForView(gallery, ({ rows, status }) => rows.length === 1 && status.kind === 'watching');
  writeLikeServer(join(disk.hidden, '2026-11-22'), '00001-22.png', await makePng());
  const view = await waitForView(gallery, ({ rows }) => rows.length === 2);
  // A folder that a busy machine reads slowly is read less often.
  expect(view.status).toMatchObject({
    kind: 'polling',
    everyMs: expect.toSatisfy((ms: number) => ms >= 100),
  });
});

test('where events are not waited for, folders are read again and that is said', async () => {
  const { directory, today } = makeDirectory();
  writeLikeServer(today, '00000-21.png', await makePng());
  const gallery = openForTest({ directory, now, isPolling: true, pollIntervalMs: 30 });
  gallery.start();
  const view = await waitForView(
    gallery,
    ({ rows, status }) => rows.length === 1 && status.kind === 'polling',
  );
  // A folder that a busy machine reads slowly is read less often.
  expect(view.status).toMatchObject({ kind: 'polling', everyMs: expect.toSatisfy((ms: number) => ms >= 30) });
  writeLikeServer(today, '00001-22.png', await makePng());
  await waitForView(gallery, ({ rows }) => rows[0]?.seed === 22);
  unlinkSync(join(today, '00000-21.png'));
  await waitForView(gallery, ({ rows }) => rows.length === 1);
  rmSync(today, { recursive: true });
  await waitForView(gallery, ({ rows }) => rows.length === 0);
  writeLikeServer(today, '00000-41.png', await makePng());
  await waitForView(gallery, ({ rows }) => rows[0]?.seed === 41);
});
