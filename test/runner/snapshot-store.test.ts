import { expect, onTestFinished, test, vi } from 'vitest';
import type { Snapshot } from '../../source/presentation/snapshot.ts';
import { createSnapshotStore } from '../../source/runner/snapshot-store.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

function storeInTest() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let built = 0;
  const store = createSnapshotStore((): Snapshot => ({ ...exampleSnapshot(), at: ++built }));
  const told: number[] = [];
  store.subscribe(() => told.push(store.get().at));
  return { store, told };
}

test('without a change nothing is built or told, and the snapshot stays the same object', () => {
  const { store, told } = storeInTest();
  const first = store.get();
  vi.advanceTimersByTime(60_000);
  expect(store.get()).toBe(first);
  expect(told).toEqual([]);
});

test('what merely ticks is told once a second, news at once', () => {
  const { store, told } = storeInTest();
  for (let count = 0; count < 100; count++) {
    store.touch('calm');
    vi.advanceTimersByTime(50);
  }
  expect(told.length).toBeLessThanOrEqual(6);
  const before = told.length;
  store.touch('calm');
  store.touch('now');
  vi.advanceTimersByTime(1);
  expect(told.length).toBe(before + 1);
});

test('a closed store tells nobody', () => {
  const { store, told } = storeInTest();
  store.touch('now');
  store.close();
  vi.advanceTimersByTime(5000);
  expect(told).toEqual([]);
});

test('while nobody listens nothing is built, and who asks gets what is newest', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let built = 0;
  const store = createSnapshotStore(() => ++built);
  const first = store.get();
  for (let count = 0; count < 100; count++) store.touch('now');
  vi.advanceTimersByTime(60_000);
  expect(built).toBe(first);
  expect(store.get()).toBe(first + 1);
  expect(store.get()).toBe(first + 1);
});

test('a listener that comes later starts from what is newest', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let value = 1;
  const store = createSnapshotStore(() => value);
  store.get();
  value = 2;
  store.touch('calm');
  store.subscribe(() => undefined);
  expect(store.get()).toBe(2);
});
