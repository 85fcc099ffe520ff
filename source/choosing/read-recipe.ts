import type { DatabaseSync } from 'node:sqlite';
import { readImageFile } from '../gallery/read-image-header.ts';
import { parseInfotext } from '../generation/infotext.ts';
import { recipeOfInfotext } from '../generation/recipe-of-infotext.ts';
import { parsePlanned } from '../ledger/planned-text.ts';
import { textAt } from '../ledger/row.ts';
import type { Recipe } from '../plan/recipe.ts';
import type { Trouble } from '../presentation/choosing.ts';
import { cleanText } from '../presentation/clean-text.ts';
import type { LedgerFacts } from './file-table.ts';
import { findLedgerFacts } from './ledger-facts.ts';
import type { LedgerView } from './ledger-view.ts';
import { readFacts } from './read-facts.ts';
import { fileProblem } from './trouble.ts';

/** How the image of a file was made, as the ledger planned it, else as the file itself tells. */
export async function readRecipe(
  database: DatabaseSync,
  view: LedgerView,
  path: string,
): Promise<{ readonly ok: true; readonly recipe: Recipe } | Trouble> {
  try {
    const facts = await readFacts(path);
    const known = facts === null || !view.refresh() ? null : findLedgerFacts(database, path, facts);
    if (known !== null) return { ok: true, recipe: recipeInLedger(database, known) };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return { ok: false, reason: fileProblem(error, path, 'read') };
  }
  const infotext = (await readImageFile(path))?.header?.infotext ?? null;
  const recipe = infotext === null ? null : recipeOfInfotext(parseInfotext(infotext));
  if (recipe !== null) return { ok: true, recipe };
  const reason = `${path} does not tell how it was made, and the ledger does not know it.`;
  return { ok: false, reason: cleanText(reason) };
}

function recipeInLedger(database: DatabaseSync, { seed, savedAt, name }: LedgerFacts): Recipe {
  const row =
    database
      .prepare(
        `SELECT planned, title, prompt, negative_prompt FROM ledger.images AS images
         JOIN ledger.generations AS generations ON generations.id = generation_id
         JOIN ledger.checkpoints AS checkpoints ON checkpoints.id = checkpoint_id
         JOIN ledger.prompts AS prompts ON prompts.id = images.prompt_id
         WHERE seed = ? AND saved_at = ? AND name = ? ORDER BY images.id DESC LIMIT 1`,
      )
      .get(seed, savedAt, name) ?? {};
  const { parameters, asked } = parsePlanned(
    textAt(row, 'planned'),
    textAt(row, 'prompt'),
    textAt(row, 'negative_prompt'),
  );
  return {
    checkpoint: textAt(row, 'title'),
    parameters,
    seed,
    variation: asked?.variation ?? null,
    hires: asked?.hires ?? null,
  };
}
