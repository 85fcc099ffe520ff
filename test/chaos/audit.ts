import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';

/** How what was planned, what is in the ledger and what is on disk differ; all counts are 0 where nothing was lost and nothing made twice. */
export type Audit = {
  /** Images of all generations that the ledger calls finished. */
  readonly plannedCount: number;
  readonly fileCount: number;
  /** Planned images that the ledger or the disk does not have. */
  readonly lost: readonly string[];
  /** Files that no row of the ledger owns, or more than one. */
  readonly doubled: readonly string[];
  /** Generations that are open, or that ended otherwise than finished with all images. */
  readonly unfinished: readonly string[];
};

const generationRows = v.array(
  v.object({
    id: v.number(),
    number: v.number(),
    outcome: v.nullable(v.string()),
    image_count: v.number(),
    first_seed: v.number(),
  }),
);
const imageRows = v.array(
  v.object({ generation_id: v.number(), seed: v.number(), path: v.string(), name: v.string() }),
);

/** Compares a ledger with the files below a directory; nobody writes either. */
export function audit(ledgerPath: string, imageDirectory: string): Audit {
  using database = new DatabaseSync(ledgerPath, { readOnly: true });
  const generations = v.parse(
    generationRows,
    database
      .prepare(
        `SELECT id, number, outcome, image_count, json_extract(planned, '$.firstSeed') AS first_seed FROM generations ORDER BY id`,
      )
      .all(),
  );
  const images = v.parse(
    imageRows,
    database
      .prepare(
        'SELECT generation_id, seed, path, name FROM images JOIN folders ON folders.id = folder_id ORDER BY images.id',
      )
      .all(),
  );
  const files = new Set(filesBelow(imageDirectory));
  const owners = new Map<string, number>();
  for (const { path, name } of images) {
    const file = join(path, name);
    owners.set(file, (owners.get(file) ?? 0) + 1);
  }
  const lost: string[] = [];
  const finished = generations.filter(({ outcome }) => outcome === 'finished');
  for (const { id, number, image_count, first_seed } of finished) {
    const own = images.filter(({ generation_id }) => generation_id === id);
    for (let seed = first_seed; seed < first_seed + image_count; seed += 1) {
      const row = own.find((image) => image.seed === seed);
      if (row === undefined) lost.push(`seed ${seed} of #${number} is not in the ledger`);
      else if (!files.has(join(row.path, row.name))) lost.push(`${row.name} of #${number} is not on disk`);
      else if (!row.name.includes(`-${seed}.`)) lost.push(`${row.name} of #${number} is not of seed ${seed}`);
    }
  }
  const doubled = [...files].filter((file) => owners.get(file) !== 1);
  const unfinished = generations
    .filter(({ outcome }) => outcome !== 'finished')
    .map(({ number, outcome }) => `#${number} is ${outcome ?? 'open'}`);
  return {
    plannedCount: finished.reduce((sum, { image_count }) => sum + image_count, 0),
    fileCount: files.size,
    lost,
    doubled: doubled.map((file) => `${file} is owned by ${owners.get(file) ?? 0} rows`),
    unfinished,
  };
}

/** The finished images; half a file that a killed server or runner left aside is none. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(?:^|\/)\d+-\d+\.png$/.test(path))
    .map((path) => join(directory, path));
}
