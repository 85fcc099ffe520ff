import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../source/engine/measure.ts';
import type { Notice } from '../../source/engine/notice.ts';
import { mostIncidents } from '../../source/ledger/write-incidents.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { ask, beginLedgerInTest, openLedgerInTest } from './ledger-in-test.ts';
import {
  connected,
  failure,
  generationOf,
  record,
  restingMemory,
  start,
  started,
} from './notices-in-test.ts';

const incidentsIn = (directory: string) =>
  ask(directory, 'SELECT at, last_at, count, kind, reason, action FROM incidents ORDER BY id');

function unreachable(at: number, retryDelayMs: number): Notice {
  const lost: Notice = failure(null, at);
  if (lost.type !== 'failure') throw new Error('A failure is wanted.');
  return { ...lost, failure: { kind: 'unreachable', detail: '' }, retryDelayMs };
}

function outOfMemory(at: number): Extract<Notice, { type: 'failure' }> {
  const full: Notice = failure(generationOf(1), at);
  if (full.type !== 'failure') throw new Error('A failure is wanted.');
  return { ...full, failure: { kind: 'out-of-memory', detail: '' } };
}

describe('incidents', () => {
  test('identical ones in a row are counted, with what was done last', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    record(ledger, [unreachable(0, 1000)]);
    record(ledger, [unreachable(1000, 2000), unreachable(3000, 8000)]);
    record(ledger, [{ ...connected(9000), isReconnect: true } as Notice]);
    record(ledger, [unreachable(20_000, 1000)]);
    expect(incidentsIn(directory)).toMatchObject([
      {
        kind: 'unreachable',
        count: 3,
        at: start,
        last_at: start + 3000,
        reason: 'No WebUI answers at http://127.0.0.1:7860.',
        action: 'tried again after 8 s',
      },
      { kind: 'reconnected', count: 1, action: 'went on' },
      { kind: 'unreachable', count: 1 },
    ]);
  });

  test('each step that was taken against a full memory is told, however many are alike', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const full = (at: number, measure?: Measure): Notice => ({
      ...outOfMemory(at),
      willRetry: measure !== undefined,
      ...(measure === undefined ? {} : { measure }),
    });
    record(ledger, [
      full(0, { kind: 'free-memory' }),
      full(1, { kind: 'free-memory' }),
      full(2, { kind: 'smaller-batch', batchSize: 2 }),
      full(3, { kind: 'smaller-batch', batchSize: 1 }),
      full(4, { kind: 'smaller-size', width: 240, height: 135 }),
      full(5),
      full(6),
      {
        type: 'adjusted',
        at: start + 7,
        adjustment: { kind: 'more-again', batchSize: 2, isFullSize: true },
      },
    ]);
    expect(incidentsIn(directory).map(({ count, action, reason }) => [count, action, reason])).toEqual([
      [2, "freed the WebUI's memory", 'The GPU ran out of memory.'],
      [1, 'made batches of 2 from then on', 'The GPU ran out of memory.'],
      [1, 'made images one by one from then on', 'The GPU ran out of memory.'],
      [1, 'made images 240x135 from then on', 'The GPU ran out of memory.'],
      [2, 'gave the generation up', 'The GPU ran out of memory.'],
      [1, 'went on', 'All went well for a while: batches of 2 are tried again.'],
    ]);
  });

  test('what else was tried against the same trouble is kept, and not counted with the waits', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const hung = { kind: 'hung', detail: 'no step for 60 s' } as const;
    const trouble = { ...failure(generationOf(1), 0), failure: hung, willRetry: true } as Notice;
    record(ledger, [
      connected(),
      started(generationOf(1)),
      { ...trouble, measure: { kind: 'interrupt' }, retryDelayMs: null } as Notice,
      { ...trouble, retryDelayMs: 1000 } as Notice,
      { ...trouble, retryDelayMs: 2000 } as Notice,
    ]);
    expect(incidentsIn(directory)).toMatchObject([
      { kind: 'hung', count: 1, action: 'asked the WebUI to end it' },
      { kind: 'hung', count: 2, action: 'tried again after 2 s' },
    ]);
  });

  test('a checkpoint is no other one for being told with its hash, its folder, or neither', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const titles = ['dream', 'sub/dream.safetensors', 'sub/dream.safetensors [1234567890]', 'dream'];
    const same = titles.map((checkpoint, at) => started({ ...generationOf(at + 1), checkpoint }, at));
    record(ledger, [connected(), ...same]);
    expect(incidentsIn(directory)).toEqual([]);
  });

  test('another file of the same name is told by its hash', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const titles = ['a/dream.safetensors [1234567890]', 'b/dream.safetensors [0987654321]'];
    const changed = titles.map((checkpoint, at) => started({ ...generationOf(at + 1), checkpoint }, at));
    record(ledger, [connected(), ...changed]);
    expect(incidentsIn(directory)).toMatchObject([{ kind: 'checkpoint-changed' }]);
  });

  test('another file of the same name is told by its folder where neither has a hash, in a title of any system', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const titles = [
      'a/dream.safetensors',
      'b/dream.safetensors',
      'b\\dream.safetensors',
      'dream.safetensors',
    ];
    const changed = titles.map((checkpoint, at) => started({ ...generationOf(at + 1), checkpoint }, at));
    record(ledger, [connected(), ...changed]);
    expect(incidentsIn(directory).map(({ reason }) => reason)).toEqual([
      'Another checkpoint: b/dream.safetensors.',
      'Another checkpoint: dream.safetensors.',
    ]);
  });

  test('pauses of a person, waits for space, another checkpoint, and what needs a person', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    const other = { ...generationOf(2), checkpoint: 'sub/other\u001b[31m.safetensors [1234567890]' };
    const lowSpace = { kind: 'low-space', detail: '', freeBytes: 1.4e9, floorBytes: 2e9 } as const;
    record(ledger, [connected(), started(generationOf(1), 1), started(other, 2), started(other, 3)]);
    record(ledger, [
      { type: 'paused', at: start + 4 },
      { type: 'resumed', at: start + 5 },
      {
        type: 'failure',
        at: start + 6,
        failure: lowSpace,
        generation: null,
        willRetry: true,
        retryDelayMs: null,
      },
      { type: 'space-regained', at: start + 7, freeBytes: 3e9 },
      { type: 'stopped', at: start + 8, reason: 'needs-you' },
    ]);
    expect(incidentsIn(directory)).toMatchObject([
      { kind: 'checkpoint-changed', reason: 'Another checkpoint: other[31m.' },
      { kind: 'paused', reason: 'A person paused the loop.' },
      { kind: 'resumed' },
      {
        kind: 'low-space',
        reason: expect.stringContaining('1.4 GB free, floor 2.0 GB'),
        action: 'waited for space',
      },
      { kind: 'space-regained', action: 'went on' },
      { kind: 'needs-you', action: 'waited' },
    ]);
  });

  test('a runner that died is an incident of the run that goes on', () => {
    const directory = tempDirectoryInTest();
    const ledger = beginLedgerInTest(directory);
    record(ledger, [started(generationOf(1), 500)], { ...restingMemory, plan: null });
    ledger.close();
    const next = openLedgerInTest(directory);
    next.beginRun({ at: start + 60_000, url: 'http://127.0.0.1:7860', isContinued: true });
    expect(incidentsIn(directory)).toMatchObject([
      {
        kind: 'cut-off',
        at: start + 500,
        reason: 'The runner ended without a word.',
        action: 'began again and looked for the images of 1 generation',
      },
    ]);
  });

  test('a night of ever new trouble keeps the newest, and no credentials are written', () => {
    const directory = tempDirectoryInTest();
    const ledger = openLedgerInTest(directory);
    ledger.beginRun({ at: start, url: 'http://me:secret@127.0.0.1:7860', isContinued: false });
    const notices = Array.from({ length: mostIncidents + 50 }, (_, index) =>
      index % 2 === 0 ? unreachable(index, 1000) : failure(null, index),
    );
    record(ledger, notices);
    const kept = incidentsIn(directory);
    expect(kept).toHaveLength(mostIncidents);
    expect(kept.at(-1)).toMatchObject({ at: start + mostIncidents + 49 });
    expect(JSON.stringify(kept)).not.toContain('secret');
  });

  test('whatever order they come in, none is lost from the counts', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }), (choices) => {
        const directory = tempDirectoryInTest();
        const ledger = beginLedgerInTest(directory);
        record(
          ledger,
          choices.map((isFirst, index) => (isFirst ? unreachable(index, 1000) : failure(null, index))),
        );
        ledger.close();
        const kept = incidentsIn(directory);
        expect(kept.reduce((sum, { count }) => sum + Number(count), 0)).toBe(choices.length);
        const kinds = kept.map(({ kind }) => kind);
        expect(kinds.some((kind, index) => index > 0 && kind === kinds[index - 1])).toBe(false);
      }),
      { numRuns: 15 },
    );
  });
});
