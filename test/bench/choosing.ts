import { DatabaseSync } from 'node:sqlite';
import { openChoices } from '../../source/choosing/open-choices.ts';
import { openChooser } from '../../source/choosing/open-chooser.ts';
import { ledgerPath, openLedger } from '../../source/ledger/open-ledger.ts';
import { plannedText } from '../../source/ledger/planned-text.ts';
import type { ChoosingFilter, ChoosingWindow } from '../../source/presentation/choosing.ts';
import { everyPresentImage } from '../../source/presentation/choosing.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { generationOf, start } from '../ledger/notices-in-test.ts';
import type { Bench } from './bench.ts';

const windowLength = 50;

/** Filters of a person who chooses; the ledger has a lighthouse in every prompt, 20,000 prompts and two checkpoints. */
const wishes: readonly (readonly [
  name: string,
  filter: Partial<ChoosingFilter>,
  sort?: ChoosingWindow['sort'],
])[] = [
  ['all that is not rejected', {}],
  ['undecided', { verdict: 'undecided' }],
  ['kept', { verdict: 'kept' }],
  ['4 stars or more', { minStars: 4 }],
  ['best first', {}, 'best'],
  ['in the trash', { verdict: 'rejected' }],
  ['a word in every prompt', { prompt: 'lighthouse' }],
  ['a word in most prompts', { prompt: 'number 1' }],
  ['a rare prompt', { prompt: 'number 777,' }],
  ['one checkpoint', { model: 'DREAM' }],
  ['a checkpoint and a word', { model: 'dream', prompt: 'number 1' }],
  ['a seed', { seed: 123_457 }],
  ['a part of the name', { name: '999' }],
  ['a word, best first', { prompt: 'number 1' }, 'best'],
];

export const choosing: Bench = {
  name: 'choosing',
  about: `Windows of ${windowLength} rows on a ledger of which a tenth was decided about: the first, one in the middle, the last.`,
  async run(pace) {
    const count = pace === 'quick' ? 10_000 : 1_000_000;
    using directory = makeTempDirectory();
    fillLedger(directory.path, count);
    decide(directory.path);
    const opened = openChooser(directory.path);
    if (!opened.ok) throw new Error(opened.reason);
    const { chooser } = opened;
    const read = async (
      filter: Partial<ChoosingFilter>,
      sort: ChoosingWindow['sort'],
      firstIndex: number,
    ) => {
      const startedAt = performance.now();
      const window = { filter: { ...everyPresentImage, ...filter }, sort, firstIndex, count: windowLength };
      const listed = await chooser.list(window);
      if (!listed.ok) throw new Error(listed.reason);
      return { ms: performance.now() - startedAt, totalCount: listed.totalCount };
    };
    const opening = await read({}, 'newest', 0);
    const rows: string[][] = [];
    for (const [name, filter, sort = 'newest'] of wishes) {
      const first = await read(filter, sort, 0);
      const middle = await read(filter, sort, Math.floor(first.totalCount / 2));
      const last = await read(filter, sort, first.totalCount);
      const times = [first, middle, last].map(({ ms }) => ms.toFixed(0));
      rows.push([name, first.totalCount.toLocaleString('en'), ...times]);
    }
    chooser.close();
    return {
      header: [`of ${count.toLocaleString('en')} images`, 'rows', 'first, ms', 'middle, ms', 'last, ms'],
      rows,
      notes: [
        `The first window after opening took ${opening.ms.toFixed(0)} ms: ${(count / 10).toLocaleString('en')} decisions are then looked up in the ledger.`,
        'The first window of a filter counts its rows too.',
      ],
    };
  },
};

/** Straight into the tables: as a loop writes them, a million images would take a quarter of an hour. */
function fillLedger(directory: string, count: number): void {
  const ledger = openLedger({ directory });
  ledger.beginRun({ at: start, url: 'http://127.0.0.1:7860', isContinued: false });
  ledger.close();
  const database = new DatabaseSync(ledgerPath(directory));
  const numbers = (last: number) =>
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${last - 1})`;
  database.exec(`BEGIN;
    INSERT INTO checkpoints (title) VALUES ('dreamshaper_8.safetensors [879db523c3]'), ('other.safetensors');
    ${numbers(30)} INSERT INTO folders (path) SELECT '/outputs/day-' || i FROM n;
    ${numbers(20_000)} INSERT INTO prompts (digest, prompt, negative_prompt)
      SELECT CAST(printf('%016d', i) AS BLOB), 'a lighthouse at dusk, number ' || i || ', masterpiece', 'blurry' FROM n;`);
  database
    .prepare(
      `${numbers(count / 4)} INSERT INTO generations (run_id, number, prompt_id, planned, image_count, saving, planned_at, ended_at, outcome,
         landed_count, duration_ms, gpu_idle_ms)
       SELECT 1, i + 1, 1 + i % 20000, ?, 4, 'server', ? + i * 4000, ? + i * 4000 + 3000, 'finished', 4, 3000, 5 FROM n`,
    )
    .run(plannedText(generationOf(1)), start, start);
  database
    .prepare(
      `${numbers(count)} INSERT INTO images (generation_id, seed, folder_id, name, prompt_id, checkpoint_id, version_id, width, height,
         byte_count, duration_ms, saved_at)
       SELECT 1 + i / 4, (i * 2654435761) % 4294967296, 1 + i * 30 / ${count}, printf('%05d-%d.png', i % 33334, (i * 2654435761) % 4294967296),
         1 + (i / 4) % 20000, 1 + (i % 3 = 0), NULL, 480, 264, 200000 + i % 100000, 700, ? + i * 1000 FROM n`,
    )
    .run(start);
  database.exec('COMMIT');
  database.close();
}

/** Every tenth image: a third of them rejected, the others kept with none to five stars. */
function decide(directory: string): void {
  const opened = openChoices(directory);
  if (!opened.ok) throw new Error(opened.reason);
  const { database } = opened;
  database.prepare('ATTACH ? AS ledger').run(ledgerPath(directory));
  database.exec(`INSERT INTO main.files (folder, name, byte_count, saved_at, fingerprint, seed, ledger_seed, ledger_saved_at, ledger_name,
      verdict, stars, trash_name, rejected_at)
    SELECT path, name, byte_count, saved_at, randomblob(16), seed, seed, saved_at, name,
      CASE WHEN images.id % 3 = 0 THEN 'rejected' ELSE 'kept' END, CASE WHEN images.id % 3 = 0 THEN 0 ELSE images.id % 6 END,
      CASE WHEN images.id % 3 = 0 THEN name END, CASE WHEN images.id % 3 = 0 THEN saved_at END
    FROM ledger.images AS images JOIN ledger.folders AS folders ON folders.id = folder_id WHERE images.id % 10 = 0`);
  database.close();
}
