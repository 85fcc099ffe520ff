import type { Choice, Chooser, Decision, Trouble } from '../presentation/choosing.ts';
import { undecided } from '../presentation/choosing.ts';
import { applyChoices, type ChoiceContext, type Wish } from './apply-choices.ts';
import { createFileTable, type KnownFile } from './file-table.ts';
import { findFile, isThere } from './find-file.ts';
import { inTurns } from './in-turns.ts';
import { createLedgerView } from './ledger-view.ts';
import { createImageLister } from './list-choosable.ts';
import { lookAtPictures } from './look-at-pictures.ts';
import { choicesPath, openChoices } from './open-choices.ts';
import { emptyTrash } from './purge.ts';
import { readRecipe } from './read-recipe.ts';
import { createStepTable } from './step-table.ts';
import { fileProblem, toTrouble } from './trouble.ts';
import { undoStep } from './undo-step.ts';

/** Opens the choices of a profile, in its state directory beside the ledger. */
export function openChooser(directory: string): { readonly ok: true; readonly chooser: Chooser } | Trouble {
  const path = choicesPath(directory);
  const opened = openChoices(directory);
  if (!opened.ok) return opened;
  const { database } = opened;
  const files = createFileTable(database);
  const steps = createStepTable(database);
  const view = createLedgerView(database, directory);
  const list = createImageLister(database, files, view);
  const context: ChoiceContext = { database, files, steps, view };
  /** What changes files waits for what did before it. */
  let turn: Promise<unknown> = Promise.resolve();

  async function guard<T extends { readonly ok: true }>(work: () => Promise<T>): Promise<T | Trouble> {
    try {
      return await work();
    } catch (error) {
      return toTrouble(error, path);
    }
  }

  function inTurn<T extends { readonly ok: true }>(work: () => Promise<T>): Promise<T | Trouble> {
    const result = turn.then(() => guard(work));
    turn = result.catch(() => undefined);
    return result;
  }

  async function wishFor(paths: readonly string[], to: Wish['to']) {
    const found = await inTurns([...new Set(paths)], async (name): Promise<Wish | string> => {
      try {
        return { name, found: await findFile(files, name), to };
      } catch (error) {
        return fileProblem(error, name, 'chosen');
      }
    });
    const wishes = found.filter((each) => typeof each !== 'string');
    return { wishes: withoutTwins(wishes), problems: found.filter((each) => typeof each === 'string') };
  }

  async function change(paths: readonly string[], to: Wish['to'], decision: string) {
    const { wishes, problems } = await wishFor(paths, to);
    const applied = await applyChoices(context, wishes, decision);
    return { ok: true, paths: applied.paths, problems: [...problems, ...applied.problems] } as const;
  }

  async function filesInTrash(): Promise<KnownFile[]> {
    const all = files.rejected();
    const areThere = await inTurns(all, async ({ trashPath, place }) => isThere(trashPath ?? place));
    return all.filter((_, index) => areThere[index]);
  }

  const chooser: Chooser = {
    list: (window) => guard(async () => ({ ok: true, ...list(window) })),
    async choicesOf(paths) {
      return inTurns(paths, async (name) => {
        const found = await findFile(files, name).catch(nothingIfGone);
        const file = found?.known ?? null;
        if (found === null || file === null) return { choice: undecided, look: null };
        const isBack = file.choice.verdict === 'rejected' && found.movedAt !== null;
        return { choice: isBack ? file.choiceBefore : file.choice, look: file.look };
      });
    },
    choose: (paths, decision) =>
      inTurn(() => change(paths, (before) => decide(before, decision), JSON.stringify(decision))),
    restore: (paths) =>
      inTurn(async () => {
        const rejected = files.rejected();
        const named = paths.map(
          (path) =>
            rejected.find(({ place, trashPath }) => trashPath === path || place === path)?.trashPath ?? path,
        );
        const done = await change(named, (before) => before, JSON.stringify({ kind: 'restore' }));
        // By the paths that they were named with.
        const byName = paths.flatMap((path, index) => {
          const now = done.paths.get(named[index] ?? path);
          return now === undefined ? [] : [[path, now] as const];
        });
        return { ...done, paths: new Map(byName) };
      }),
    undo: () => inTurn(() => undoStep(context)),
    trash: () =>
      guard(async () => {
        const there = await filesInTrash();
        const listed = there.map(({ trashPath, place, byteCount, rejectedAt }) => ({
          path: trashPath ?? place,
          originalPath: place,
          byteCount,
          rejectedAt: rejectedAt ?? 0,
        }));
        return {
          ok: true,
          files: listed,
          byteCount: listed.reduce((sum, { byteCount }) => sum + byteCount, 0),
        };
      }),
    purge: (wanted) => inTurn(() => emptyTrash(context, wanted)),
    look: async (signal, onProgress) => {
      try {
        return { ok: true, count: await lookAtPictures(context, signal, onProgress) };
      } catch (error) {
        return toTrouble(error, path);
      }
    },
    recipeOf: async (named) => {
      try {
        return await readRecipe(database, view, named);
      } catch (error) {
        return toTrouble(error, path);
      }
    },
    decidedPlaces: () => files.decided(),
    revision: () => view.revision(),
    close: () => database.close(),
  };
  return { ok: true, chooser };
}

/** Of a file that is gone by now, or that cannot be read, nothing is known. */
function nothingIfGone(error: unknown): null {
  if (error instanceof Error && 'syscall' in error) return null;
  throw error;
}

/** What a decision makes of an image. */
function decide(before: Choice, decision: Decision): Choice {
  switch (decision.kind) {
    case 'keep':
      return { verdict: 'kept', stars: before.stars };
    case 'stars':
      return { verdict: 'kept', stars: decision.stars };
    case 'reject':
      return { verdict: 'rejected', stars: 0 };
    case 'clear':
      return undecided;
  }
}

/** A file may be named in two ways: where it is, and where it was. */
function withoutTwins(wishes: readonly Wish[]): Wish[] {
  const seen = new Set<number>();
  return wishes.filter(({ found: { known } }) => {
    if (known === null) return true;
    if (seen.has(known.id)) return false;
    seen.add(known.id);
    return true;
  });
}
