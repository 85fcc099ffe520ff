import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { choicesVersion } from '../../../source/choosing/choices-schema.ts';
import { createFileTable } from '../../../source/choosing/file-table.ts';
import { createLookTable } from '../../../source/choosing/look-table.ts';
import { choicesPath, openChoices } from '../../../source/choosing/open-choices.ts';
import { createStepTable } from '../../../source/choosing/step-table.ts';
import { undecided } from '../../../source/presentation/choosing.ts';
import { makeTempDirectory } from '../../helpers/temp-directory.ts';

/**
 * Writes `choices-<version>.sqlite` beside this file: `node test/choosing/samples/make-sample.ts`, once for each schema, before it is
 * released. An image with stars, a rejected one, and a duplicate.
 */
using directory = makeTempDirectory();
const opened = openChoices(directory.path);
if (!opened.ok) throw new Error(opened.reason);
const { database } = opened;
const files = createFileTable(database);
const steps = createStepTable(database);
const looks = createLookTable(database);
const factsOf = (seed: number) => ({
  byteCount: 1000 + seed,
  savedAt: 1_800_000_000_000 + seed,
  fingerprint: new Uint8Array(16).fill(seed),
  seed,
  width: 480,
  height: 264,
});
const kept = files.add('/outputs/a.png', factsOf(77), {
  seed: 77,
  savedAt: 1_800_000_000_077,
  name: 'a.png',
});
const rejected = files.add('/outputs/b.png', factsOf(78), null);
files.reject(rejected, 'b.png', 1_800_000_001_000);
const twin = files.add('/outputs/c.png', factsOf(79), null);
for (const id of [kept, twin])
  looks.write(id, { isBlack: false, hash: 0x1234_5678_9abc_def0n }, 1_800_000_002_000);
looks.markDuplicate(twin, kept);
const step = steps.begin(JSON.stringify({ kind: 'stars', stars: 4 }), 1_800_000_003_000);
steps.note(step, kept, undecided, undecided);
files.decide(kept, { verdict: 'kept', stars: 4 });
database.exec('PRAGMA journal_mode = DELETE; VACUUM');
database.close();
const sample = join(import.meta.dirname, `choices-${choicesVersion}.sqlite`);
rmSync(sample, { force: true });
copyFileSync(choicesPath(directory.path), sample);
