import { inTransaction } from '../ledger/open-database.ts';
import type { Undone } from '../presentation/choosing.ts';
import { applyChoices, type ChoiceContext, type Wish } from './apply-choices.ts';

/** Takes back the newest step that stands. */
export async function undoStep(context: ChoiceContext): Promise<Extract<Undone, { ok: true }>> {
  const { database, files, steps } = context;
  const step = steps.newest();
  if (step === null) return { ok: true, count: 0, decision: null, problems: [] };
  let isOurs = false;
  inTransaction(database, () => {
    isOurs = steps.close(step.id, Date.now());
  });
  // Another screen took it back just now.
  if (!isOurs) return { ok: true, count: 0, decision: null, problems: [] };
  const known = new Map(
    files.withIds(step.changes.map(({ fileId }) => fileId)).map((file) => [file.id, file]),
  );
  const wishes = step.changes.flatMap(({ fileId, before, earlier }): Wish[] => {
    const file = known.get(fileId);
    if (file === undefined) return [];
    const name = file.trashPath ?? file.place;
    const found = { path: name, known: file, movedAt: null, facts: null };
    return [{ name, found, to: () => before, earlier }];
  });
  const { paths, problems } = await applyChoices(context, wishes, null);
  return { ok: true, count: paths.size, decision: JSON.parse(step.decision), problems };
}
