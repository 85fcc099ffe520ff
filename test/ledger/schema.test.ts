import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { openLedgerReader } from '../../source/ledger/open-ledger-reader.ts';
import { migrations, schemaVersion } from '../../source/ledger/schema.ts';
import { nothingNotMade } from '../../source/stats/not-made.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { ask, openLedgerInTest } from './ledger-in-test.ts';
import { generationOf, record, restingMemory, start, wholeGeneration } from './notices-in-test.ts';

const samples = join(import.meta.dirname, 'samples');
const names = readdirSync(samples).filter((name) => name.endsWith('.sqlite'));

test('each schema has a sample, and each step leads to the next', () => {
  const wanted = Array.from({ length: schemaVersion }, (_, index) => `schema-${index + 1}.sqlite`);
  expect(names.sort()).toEqual(wanted.sort());
  expect(migrations).toHaveLength(schemaVersion);
});

describe.each(names)('%s', (name) => {
  test('opens with everything in it, and goes on', () => {
    const directory = tempDirectoryInTest();
    copyFileSync(join(samples, name), ledgerPath(directory));
    const ledger = openLedgerInTest(directory);
    expect(ledger.takeRemarks()).toEqual([]);
    expect(ledger.trouble()).toBeNull();
    expect(ledger.screenLeftAt).toBe(start + 3000);
    expect(ledger.cutOff).toMatchObject({
      url: 'http://127.0.0.1:7860',
      startedAt: start + 2000,
      memory: { ...restingMemory, intention: 'pause' },
      unfinished: [
        {
          generation: generationOf(1, { prompt: '一只猫在灯塔上', negativePrompt: 'blurry' }),
          plannedAt: start + 2200,
          saving: 'server',
          landedSeeds: [1010],
        },
      ],
      imageCount: 1,
      generationCount: 0,
      retryCount: 1,
      ...nothingNotMade,
      gpuIdleMs: 0,
      recentImages: [{ generationId: 1, seed: 1010 }],
      lastAt: start + 2500,
    });
    ledger.beginRun({ at: start + 4000, url: 'http://127.0.0.1:7860', isContinued: true });
    record(ledger, wholeGeneration(generationOf(2), { at: 5000 }));
    const reading = openLedgerReader(directory);
    if (!reading.ok) throw new Error(reading.trouble.message);
    using _closing = { [Symbol.dispose]: () => reading.reader.close() };
    const filter = { since: null, model: null, seed: null, prompt: null };
    const listed = [...reading.reader.listImages(filter)];
    expect(listed.map(({ seed }) => seed)).toEqual([1023, 1022, 1021, 1020, 1010, 1013, 1012, 1011, 1010]);
    expect([...reading.reader.listImages({ ...filter, prompt: '灯塔' })]).toMatchObject([
      { seed: 1010, version: 'f2.0.1', negativePrompt: 'blurry', savedAt: start + 2500 },
    ]);
    expect([...reading.reader.listDamage()]).toEqual([]);
    expect(ask(directory, 'PRAGMA user_version')).toEqual([{ user_version: schemaVersion }]);
  });
});
