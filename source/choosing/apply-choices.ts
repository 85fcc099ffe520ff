import { basename, dirname, extname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../ledger/open-database.ts';
import { type Choice, undecided } from '../presentation/choosing.ts';
import { type FileTable, type KnownFile, trashFolder } from './file-table.ts';
import { type FoundFile, isThere } from './find-file.ts';
import { inTurns } from './in-turns.ts';
import { findLedgerFacts } from './ledger-facts.ts';
import type { LedgerView } from './ledger-view.ts';
import { moveFromTrash, moveToTrash } from './move-file.ts';
import { type FileFacts, readFacts } from './read-facts.ts';
import type { StepTable } from './step-table.ts';
import { fileProblem } from './trouble.ts';

/** A file and what is to become of it; `to` gets what it was before, of a rejected one what it was before that. */
export type Wish = {
  /** The path that it was named with. */
  readonly name: string;
  readonly found: FoundFile;
  readonly to: (before: Choice) => Choice;
  /** What one that is rejected goes back to, where that is another than what it is now. */
  readonly earlier?: Choice | null;
};

export type Applied = {
  /** Where the files are now, by the paths they were named with. */
  readonly paths: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
};

export type ChoiceContext = {
  readonly database: DatabaseSync;
  readonly files: FileTable;
  readonly steps: StepTable;
  readonly view: LedgerView;
};

/** What a wish comes to: the file is where it is to be decided about, or goes from `path` to `trashPath` once that is written down. */
type Ready = {
  readonly name: string;
  readonly known: KnownFile | null;
  readonly path: string;
  readonly movedAt: number | null;
  readonly facts: FileFacts | null;
  readonly before: Choice;
  readonly to: Choice;
  readonly trashPath: string | null;
  readonly earlier: Choice | null;
};

/**
 * Lets choices take effect, as one step of undo where `decision` names it. A rejected file is written down before it is moved, a restored
 * one afterwards: wherever this is cut off, a file is where the choices say, or counts as moved back by hand.
 */
export async function applyChoices(
  { database, files, steps, view }: ChoiceContext,
  wishes: readonly Wish[],
  decision: string | null,
): Promise<Applied> {
  const prepared = await inTurns(wishes, prepare);
  const problems = prepared.filter((each) => typeof each === 'string');
  const ready = prepared.filter((each) => typeof each !== 'string');

  const hasLedger = view.refresh();
  const written: (Ready & { readonly id: number })[] = [];
  let step: number | null = null;
  inTransaction(database, () => {
    step = decision === null || ready.length === 0 ? null : steps.begin(decision, Date.now());
    for (const each of ready) {
      const id = rowOf(each, files, database, hasLedger);
      written.push({ ...each, id });
      if (step !== null) steps.note(step, id, each.before, each.known?.choiceBefore ?? undecided);
      if (each.trashPath !== null) files.reject(id, basename(each.trashPath), Date.now());
      else if (each.to.verdict !== 'rejected') files.decide(id, each.to);
      if (each.earlier !== null) files.remember(id, each.earlier);
    }
  });

  const moves = await inTurns(written, ({ path, trashPath }) =>
    trashPath === null ? Promise.resolve(null) : moveToTrash(path, trashPath),
  );
  problems.push(...moves.filter((problem) => problem !== null));
  const failed = written.filter((_, index) => moves[index] !== null);
  const paths = new Map(
    written
      .filter((_, index) => moves[index] === null)
      .map(({ name, path, trashPath }) => [name, trashPath ?? path]),
  );
  if (failed.length > 0) {
    inTransaction(database, () => {
      for (const { id, before } of failed) {
        files.decide(id, before);
        if (step !== null) steps.forget(step, id);
      }
    });
  }
  view.update(written.map(({ id }) => id));
  return { paths, problems };
}

/** Reads what is missing and takes a file out of the trash that is to leave it; a sentence where that cannot be. */
async function prepare({ name, found, to, earlier: remembered = null }: Wish): Promise<Ready | string> {
  const { known, movedAt } = found;
  const isRejected = known?.choice.verdict === 'rejected';
  // One that was moved out of the trash by hand is as it was before.
  const isInTrash = isRejected && movedAt === null;
  const earlier = known === null ? undecided : isRejected ? known.choiceBefore : known.choice;
  const wanted = to(earlier);
  const before = isInTrash ? known.choice : earlier;
  const base = { name, known, movedAt, before, to: wanted, earlier: remembered };
  if (isInTrash) {
    const { trashPath, place, isPurged } = known;
    if (isPurged || trashPath === null) return `${place} was purged: it cannot come back.`;
    if (wanted.verdict === 'rejected') return { ...base, path: trashPath, facts: null, trashPath: null };
    const problem = await moveFromTrash(trashPath, place);
    return problem ?? { ...base, path: place, facts: null, trashPath: null };
  }
  try {
    const facts = known === null ? (found.facts ?? (await readFacts(found.path))) : null;
    if (known === null && facts === null) return `${found.path} is not a file.`;
    const trashPath = wanted.verdict === 'rejected' ? await freeTrashPath(found.path) : null;
    return { ...base, path: found.path, facts, trashPath };
  } catch (error) {
    return fileProblem(error, found.path, 'read');
  }
}

function rowOf(
  { known, path, movedAt, facts }: Ready,
  files: FileTable,
  database: DatabaseSync,
  hasLedger: boolean,
): number {
  if (known !== null) {
    if (movedAt !== null) files.move(known.id, path, movedAt);
    return known.id;
  }
  if (facts === null) throw new Error('A file was to be decided about that nothing is known of.');
  return files.add(path, facts, hasLedger ? findLedgerFacts(database, path, facts) : null);
}

async function freeTrashPath(path: string): Promise<string> {
  const ending = extname(path);
  const stem = basename(path, ending);
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${stem}${ending}` : `${stem}~${number}${ending}`;
    const trashPath = join(dirname(path), trashFolder, name);
    if (!(await isThere(trashPath))) return trashPath;
  }
}
