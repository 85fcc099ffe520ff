import { join, sep } from 'node:path';
import type { LedgerReader } from '../ledger/open-ledger-reader.ts';
import { type Chooser, undecided } from '../presentation/choosing.ts';
import type { ImageFilter } from '../presentation/image-facts.ts';
import type { Flags } from './flags.ts';
import { passesFilter } from './image-filter.ts';
import { type ListedImage, listImages, readListedImage } from './list-images.ts';

/** Which images are wanted. */
export type ImageWish = {
  readonly filter: ImageFilter;
  readonly wanted: Pick<Flags, 'minStars' | 'verdict' | 'flagged'>;
  /** Null where nothing was ever decided. */
  readonly chooser: Chooser | null;
  /** Whether all that there is would be more than is wanted. */
  readonly isOfNewestRun: boolean;
};

/** The ledger's images, newest first, without those that were decided otherwise. */
export function* fromLedger(
  { filter, chooser, wanted, isOfNewestRun }: ImageWish,
  reader: LedgerReader,
): Generator<ListedImage> {
  const decided = chooser?.decidedPlaces() ?? new Map();
  const since = isOfNewestRun ? (reader.report(null)?.fromAt ?? null) : filter.since;
  for (const image of reader.listImages({ ...filter, since })) {
    const choice = decided.get(image.path) ?? undecided;
    if (choice.verdict === 'rejected' || (wanted.verdict !== null && choice.verdict !== wanted.verdict))
      continue;
    yield { ...image, choice };
  }
}

/** Of a file that the ledger does not know, its infotext tells. */
export async function* withOwnWords(images: readonly ListedImage[]): AsyncGenerator<ListedImage> {
  for (const image of images) {
    const own = image.checkpoint === null && image.prompt === null ? await readListedImage(image.path) : null;
    yield { ...(own ?? image), choice: image.choice };
  }
}

/** The images below a directory, as far as they are wanted. */
export async function* fromDirectory(
  { filter, wanted, chooser }: ImageWish,
  directory: string,
): AsyncGenerator<ListedImage> {
  if (wanted.verdict === 'rejected') {
    const trash = (await chooser?.trash()) ?? { ok: false };
    const below = trash.ok ? trash.files.filter(({ path }) => path.startsWith(join(directory, sep))) : [];
    for (const { path } of below) {
      const image = await readListedImage(path);
      if (image !== null && passesFilter(image, filter))
        yield { ...image, choice: { verdict: 'rejected', stars: 0 } };
    }
    return;
  }
  for await (const image of listImages(directory)) {
    if (!passesFilter(image, filter)) continue;
    const [known = { choice: undecided, look: null }] = (await chooser?.choicesOf([image.path])) ?? [];
    const { choice, look } = known;
    const isSeen =
      wanted.flagged === null ||
      (wanted.flagged === 'black' ? look?.isBlack === true : (look?.nearDuplicateOf ?? null) !== null);
    const isWanted =
      choice.stars >= (wanted.minStars ?? 0) && (wanted.verdict ?? choice.verdict) === choice.verdict;
    if (isSeen && isWanted) yield { ...image, choice };
  }
}
