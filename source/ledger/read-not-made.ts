import type { DatabaseSync } from 'node:sqlite';
import { failurePolicies } from '../engine/failure-policy.ts';
import type { NotMade } from '../stats/not-made.ts';
import { numberAt } from './row.ts';

const replacedKinds = Object.entries(failurePolicies).flatMap(([kind, { action }]) =>
  action === 'replace' ? [kind] : [],
);

/** Those that are tried again are tried with other seeds, or another checkpoint: by the next generation. */
const replacedGenerations = `SELECT generation_id FROM failures WHERE will_retry = 1 AND generation_id IS NOT NULL
  AND kind IN (${replacedKinds.map((kind) => `'${kind}'`).join(', ')})`;

/** The images that generations (`where` says which) did not make, as `stats/not-made.ts` counts them. Throws SQLite's error. */
export function readNotMade(
  database: DatabaseSync,
  where: string,
  values: readonly (number | string)[],
): NotMade {
  const row =
    database
      .prepare(
        `SELECT total(CASE WHEN outcome = 'finished' THEN lack END) AS missing,
           total(CASE WHEN outcome = 'given-up' AND is_replaced THEN lack END) AS replaced,
           total(CASE WHEN outcome = 'given-up' AND NOT is_replaced THEN lack END) AS given_up
         FROM (SELECT *, max(0, image_count - landed_count) AS lack, id IN (${replacedGenerations}) AS is_replaced FROM generations)
         WHERE ${where}`,
      )
      .get(...values) ?? {};
  return {
    givenUpCount: numberAt(row, 'given_up'),
    replacedCount: numberAt(row, 'replaced'),
    missingCount: numberAt(row, 'missing'),
  };
}
