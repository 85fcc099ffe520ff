import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ledgerPath, openLedger } from '../../../source/ledger/open-ledger.ts';
import { schemaVersion } from '../../../source/ledger/schema.ts';
import { makeTempDirectory } from '../../helpers/temp-directory.ts';
import {
  connected,
  failure,
  generationOf,
  image,
  record,
  restingMemory,
  start,
  started,
  wholeGeneration,
} from '../notices-in-test.ts';

/**
 * Writes `schema-<version>.sqlite` beside this file: `node test/ledger/samples/make-sample.ts`, once for each schema, before it is
 * released. A run in good order, then one that was cut off with a generation half landed, and a screen that left.
 */
using directory = makeTempDirectory();
const ledger = openLedger({ directory: directory.path });
const url = 'http://127.0.0.1:7860';
ledger.beginRun({ at: start, url, isContinued: false });
record(ledger, [connected(), ...wholeGeneration(generationOf(1), { at: 100 })]);
ledger.endRun(start + 1000);
ledger.beginRun({ at: start + 2000, url, isContinued: false });
const open = generationOf(1, { prompt: '一只猫在灯塔上', negativePrompt: 'blurry' });
record(ledger, [connected(2000, 'f2.0.1'), failure(open, 2100), started(open, 2200)]);
record(ledger, [image(open, 1010, { at: 2500 })], { ...restingMemory, intention: 'pause' });
ledger.noteScreenLeft(start + 3000);
ledger.close();
const database = new DatabaseSync(ledgerPath(directory.path));
database.exec('PRAGMA journal_mode = DELETE; VACUUM');
database.close();
const sample = join(import.meta.dirname, `schema-${schemaVersion}.sqlite`);
rmSync(sample, { force: true });
copyFileSync(ledgerPath(directory.path), sample);
