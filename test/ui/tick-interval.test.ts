import { expect, test } from 'vitest';
import type { RunnerLink } from '../../source/presentation/runner-link.ts';
import type { Snapshot } from '../../source/presentation/snapshot.ts';
import { noPreview } from '../../source/ui/preview/preview-data.ts';
import { tickIntervalMs } from '../../source/ui/tick-interval.ts';
import { exampleNow, exampleSnapshot } from './monitor/example-snapshot.ts';
import { Pressed } from './update/pressing.ts';

const connecting = { kind: 'connecting', since: 0, attemptCount: 1 } as const;

const every = (snapshot: Partial<Snapshot>, link: RunnerLink = { kind: 'live' }, initial = {}) => {
  const { state } = new Pressed(snapshot, initial);
  const view = { state, snapshot: exampleSnapshot(snapshot), link, gallery: null, preview: noPreview };
  return tickIntervalMs({ ...view, columns: 80, rows: 24 });
};

test('time is shown passing where something is waited for', () => {
  expect(every({ status: connecting })).toBe(1000);
  expect(every({}, { kind: 'starting' })).toBe(1000);
});

test('nothing is drawn for time alone where nothing shows it', () => {
  expect(every({ status: connecting }, { kind: 'live' }, { isGalleryOnly: true })).toBeNull();
  expect(every({})).toBeNull();
  expect(every({ status: connecting }, { kind: 'ended', at: exampleNow, reason: 'Stopped.' })).toBeNull();
  expect(every({ status: connecting }, { kind: 'refused', reason: 'Another version runs.' })).toBeNull();
});

test('the age of what a runner left that died is kept up to the minute', () => {
  expect(every({ status: connecting }, { kind: 'lost', at: exampleNow })).toBe(10_000);
});

test('a message makes way again for a ledger that cannot be written', () => {
  expect(every({ ledgerTrouble: 'The disk is full.' })).toBe(5000);
});
