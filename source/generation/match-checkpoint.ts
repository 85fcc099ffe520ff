import type { Checkpoint } from './checkpoint.ts';
import {
  fileNameOf,
  foldCase,
  isHashOf,
  relativeNameOf,
  splitHash,
  withoutExtension,
} from './checkpoint-names.ts';
import { closeNames } from './close-names.ts';

export type CheckpointMatch =
  | { readonly kind: 'found'; readonly checkpoint: Checkpoint }
  /** Suggestions are names that `matchCheckpoint` finds. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly string[] };

/**
 * Finds a checkpoint by any name that the WebUI takes for it (webui-api.md 2.1): title with or without hash, path, file name, stem,
 * `model_name`, short or whole hash. Exact first, then without regard to case and to the kind of path separator; a
 * name that fits several equally well finds none of them.
 */
export function matchCheckpoint(checkpoints: readonly Checkpoint[], asked: string): CheckpointMatch {
  const { name, hash } = splitHash(asked.trim());
  if (name === '') return { kind: 'unknown', suggestions: [] };
  const candidates = checkpoints.filter((checkpoint) => fitsHash(checkpoint, hash));
  for (const fold of [keep, foldCase]) {
    for (const namesOf of namings) {
      const matches = candidates.filter((one) => namesOf(one).map(fold).includes(fold(name)));
      const [only] = matches;
      if (only && matches.length === 1) return { kind: 'found', checkpoint: only };
      if (only) return { kind: 'unknown', suggestions: matches.map(pasteableName).slice(0, 5) };
    }
  }
  const byHash = checkpoints.find((checkpoint) => isHashOf(checkpoint, name));
  if (byHash) return { kind: 'found', checkpoint: byHash };
  return { kind: 'unknown', suggestions: suggest(checkpoints, name) };
}

/** From the most particular to the least: a name in the main folder wins over the same one in a subfolder. */
const namings: readonly ((checkpoint: Checkpoint) => readonly string[])[] = [
  (checkpoint) => [checkpoint.title, relativeNameOf(checkpoint)],
  (checkpoint) => (checkpoint.filename === null ? [] : [checkpoint.filename]),
  (checkpoint) => [withoutExtension(relativeNameOf(checkpoint)), checkpoint.name],
  (checkpoint) => [fileNameOf(relativeNameOf(checkpoint)), fileNameOf(checkpoint.filename ?? '')],
  (checkpoint) => [
    withoutExtension(fileNameOf(relativeNameOf(checkpoint))),
    withoutExtension(fileNameOf(checkpoint.filename ?? '')),
  ],
];

function keep(text: string): string {
  return text;
}

/** A hash that was given and is known must agree: the file may have been replaced by another version. */
function fitsHash(checkpoint: Checkpoint, hash: string | null): boolean {
  const isComparable = hash !== null && hash.length >= 10 && checkpoint.hash !== null;
  return !isComparable || isHashOf(checkpoint, hash);
}

function suggest(checkpoints: readonly Checkpoint[], name: string): string[] {
  const stemOf = (path: string) => withoutExtension(fileNameOf(path));
  const byStem = Map.groupBy(checkpoints, (checkpoint) => stemOf(relativeNameOf(checkpoint)));
  return closeNames(stemOf(name), [...byStem.keys()])
    .flatMap((stem) => byStem.get(stem) ?? [])
    .map(pasteableName)
    .slice(0, 5);
}

/** The shortest name that is unique; two files of one name in the list are told apart by their hashes alone. */
function pasteableName(checkpoint: Checkpoint, _: number, among: readonly Checkpoint[]): string {
  const name = relativeNameOf(checkpoint);
  return among.filter((other) => relativeNameOf(other) === name).length === 1 ? name : checkpoint.title;
}
