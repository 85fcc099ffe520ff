import { expect, test } from 'vitest';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { claimExpectedFiles } from '../../source/presentation/expected-files.ts';
import type { FileRow, FilesView } from '../../source/presentation/snapshot.ts';
import { FakeWorld, randomFrom } from '../engine/fake-world.ts';

function worldInFlight(): FakeWorld {
  const world = new FakeWorld({ random: randomFrom(1) });
  world.command({
    type: 'start',
    plan: {
      checkpoint: 'dream',
      parameters: defaultParameters,
      seed: { kind: 'counting', from: 100 },
      goal: null,
    },
  });
  world.runUntil(() => world.state.lanes[0]?.inFlight.length === 1);
  return world;
}

function viewOf(row: Partial<FileRow>): FilesView {
  const full: FileRow = {
    id: 1,
    name: '00000-101.png',
    savedAt: 0,
    origin: 'foreign',
    seed: 101,
    generationId: null,
    width: 480,
    height: 264,
    byteCount: 1000,
    durationMs: null,
    ...row,
  };
  return {
    directory: '/out',
    status: { kind: 'watching' },
    totalCount: 1,
    totalByteCount: 1000,
    matchCount: 1,
    filter: '',
    firstIndex: 0,
    rows: [full],
  };
}

test('a file with a seed in flight is ours before the answer says so', () => {
  const world = worldInFlight();
  const { rows } = claimExpectedFiles(viewOf({ savedAt: world.now }), world.state);
  expect(rows[0]).toMatchObject({ origin: 'ours', generationId: 1 });
});

test('an older file with the same seed and files with other seeds stay as they are', () => {
  const world = worldInFlight();
  for (const files of [viewOf({ savedAt: world.now - 60_000 }), viewOf({ savedAt: world.now, seed: 104 })]) {
    expect(claimExpectedFiles(files, world.state)).toBe(files);
  }
});
