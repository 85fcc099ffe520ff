import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openLedgerReader } from '../ledger/open-ledger-reader.ts';
import { type Chooser, everyPresentImage } from '../presentation/choosing.ts';
import { describeRisks } from '../presentation/describe-risks.ts';
import { formatCount } from '../presentation/numbers.ts';
import { stateDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { failWith, readTarget } from './connect.ts';
import { copyImages } from './copy-images.ts';
import { exitCode } from './exit-code.ts';
import type { Flags } from './flags.ts';
import { readImageFilter } from './image-filter.ts';
import { fromDirectory, fromLedger, type ImageWish, withOwnWords } from './image-sources.ts';
import type { Invocation } from './invocation.ts';
import type { ListedImage } from './list-images.ts';
import { hasChoices, openProfileChooser } from './open-choices.ts';
import { openAllSettings } from './open-settings.ts';
import type { Output } from './output.ts';
import { tellImages } from './tell-images.ts';
import { writeImagePage } from './write-image-page.ts';

type Images = AsyncIterable<ListedImage> | Iterable<ListedImage>;

type Listing = ImageWish & {
  readonly output: Output;
  readonly limit: number | null;
  /** Does with the images what was asked for. */
  readonly take: (images: Images) => Promise<{ readonly count: number; readonly code: number }>;
};

/**
 * `sdloop images`: what was made, newest first, however much it is; as the ledger knows it or, without one, as the files tell. Told, copied
 * or put on a page.
 */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, environment, output } = invocation;
  const filter = readImageFilter(flags, Date.now());
  if (!filter.ok) return refuse(output, filter.message);
  const ways = [
    flags.isTsv && '--tsv',
    flags.copyTo !== null && '--copy-to',
    flags.html !== null && '--html',
  ];
  const given = [flags.isJson && '--json', ...ways].filter((way) => way !== false);
  if (given.length > 1) return refuse(output, `${given.join(' and ')} exclude each other.`);
  const { minStars, verdict, flagged, limit } = flags;
  const isNarrowed = [...Object.values(filter.value), minStars, verdict, flagged].some(
    (value) => value !== null,
  );
  const chooser = hasChoices(invocation) ? openProfileChooser(invocation) : null;
  using _closing = { [Symbol.dispose]: () => chooser?.close() };
  if (chooser === null && hasChoices(invocation)) return exitCode.error;
  const listing: Listing = {
    output,
    filter: filter.value,
    wanted: { minStars, verdict, flagged },
    chooser,
    limit,
    isOfNewestRun: flags.html !== null && !isNarrowed && limit === null,
    take: takerOf(flags, output),
  };
  if (flags.settings.outputDir !== undefined) {
    return await takeDirectory(listing, resolve(flags.settings.outputDir));
  }
  const taken = await takeLedger(listing, stateDirectory(environment, flags.profile));
  return taken ?? (await takeFiles(invocation, listing));
}

function takerOf(flags: Flags, output: Output): Listing['take'] {
  const { copyTo, html, isTsv, limit } = flags;
  if (copyTo !== null) return (images) => copyImages(images, { output, directory: resolve(copyTo), limit });
  if (html !== null) return (images) => writeImagePage(images, { output, path: resolve(html), limit });
  return async (images) => ({
    count: await tellImages(images, { output, isTsv, limit }),
    code: exitCode.done,
  });
}

/** Null where there is nothing in the ledger to be told. */
async function takeLedger(listing: Listing, directory: string): Promise<number | null> {
  const { output } = listing;
  const reading = openLedgerReader(directory);
  if (!reading.ok) {
    if (reading.trouble.kind !== 'absent') output.say(reading.trouble.message);
    if (!isDecided(listing) || listing.chooser === null) return null;
    return await takeDecided(listing, listing.chooser);
  }
  const { reader } = reading;
  using _closing = { [Symbol.dispose]: () => reader.close() };
  if (isDecided(listing)) return await takeDecided(listing, listing.chooser);
  if (!reader.hasImages()) return null;
  const { count, code } = await listing.take(fromLedger(listing, reader));
  const trouble = reader.trouble();
  if (trouble !== null) {
    output.fail('ledger', trouble.message);
    return exitCode.error;
  }
  if (count === 0) output.say((await rejectedWords(listing)) ?? 'The ledger has no such image.');
  return code;
}

/** Whether what is wanted was decided or seen, which the choices know better than the ledger. */
function isDecided({ wanted: { minStars, verdict, flagged } }: Listing): boolean {
  return minStars !== null || flagged !== null || verdict === 'kept' || verdict === 'rejected';
}

async function takeDecided(listing: Listing, chooser: Chooser | null): Promise<number> {
  const { output, limit } = listing;
  if (chooser === null) {
    output.say('Nothing was decided about any image yet: `sdloop rate` does.');
    return exitCode.done;
  }
  const listed = await listDecided(listing, chooser, limit ?? Number.MAX_SAFE_INTEGER);
  if (!listed.ok) {
    output.fail('choices', listed.reason);
    return exitCode.error;
  }
  const { count, code } = await listing.take(withOwnWords(listed.images));
  if (count === 0) output.say((await rejectedWords(listing)) ?? 'There are no such images.');
  return code;
}

function listDecided({ filter, wanted }: Omit<Listing, 'chooser'>, chooser: Chooser, count: number) {
  return chooser.list({
    filter: {
      ...everyPresentImage,
      ...filter,
      verdict: wanted.verdict ?? 'present',
      minStars: wanted.minStars ?? 0,
      look: wanted.flagged === 'duplicate' ? 'near-duplicate' : wanted.flagged,
    },
    sort: 'newest',
    firstIndex: 0,
    count,
  });
}

/** That what was looked for is there, but rejected; null where it is not. */
async function rejectedWords(listing: Listing): Promise<string | null> {
  const { chooser, wanted } = listing;
  if (chooser === null || wanted.verdict !== null) return null;
  const listed = await listDecided({ ...listing, wanted: { ...wanted, verdict: 'rejected' } }, chooser, 1);
  return listed.ok && listed.totalCount > 0 ? wordsOfRejected(listed.totalCount) : null;
}

function wordsOfRejected(count: number): string {
  const [are, them] = count === 1 ? ['image is', 'it'] : ['images are', 'them'];
  return `${formatCount(count)} such ${are} rejected and therefore hidden: \`--verdict rejected\` lists ${them}.`;
}

async function takeFiles(invocation: Invocation, listing: Listing): Promise<number> {
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings, store } = opened;
  if (settings.outputDir !== undefined) return await takeDirectory(listing, resolve(settings.outputDir));
  const last = store.file.lastImageDirectory;
  if (last !== null && (await isDirectory(last))) return await takeDirectory(listing, last);
  return await askAndTake(settings, listing);
}

/** Nothing was generated from here yet: the WebUI knows where its images go, if it runs on this machine. */
async function askAndTake(settings: ResolvedSettings, listing: Listing): Promise<number> {
  const { output } = listing;
  const target = readTarget(settings, output);
  if (target === null) return exitCode.wrongUsage;
  for (const risk of describeRisks(target, false)) output.say(risk);
  const client = createWebUiClient(target);
  const answer = await client.probe();
  await client.close();
  if (!answer.ok) return failWith(output, answer.failure, target.url);
  const { outputDirectory } = answer.value;
  if (outputDirectory !== null && (await isDirectory(outputDirectory)))
    return await takeDirectory(listing, outputDirectory);
  output.fail(
    'no-directory',
    'The output directory cannot be found on this machine. Name it with --output-dir.',
  );
  return exitCode.error;
}

async function takeDirectory(listing: Listing, directory: string): Promise<number> {
  const { output, filter, wanted } = listing;
  if (!(await isDirectory(directory))) {
    output.fail('no-directory', `There is no directory ${directory}. Give another with --output-dir.`);
    return exitCode.error;
  }
  const { count, code } = await listing.take(fromDirectory(listing, directory));
  const isFiltered = [...Object.values(filter), ...Object.values(wanted)].some((value) => value !== null);
  if (count > 0) return code;
  const rejectedCount = await countRejected(listing, directory);
  output.say(
    rejectedCount > 0
      ? wordsOfRejected(rejectedCount)
      : `There are no ${isFiltered ? 'such images' : 'images'} in ${directory} yet.`,
  );
  return code;
}

async function countRejected(listing: Listing, directory: string): Promise<number> {
  const { wanted } = listing;
  // Stars and looks are those of images that are not rejected.
  if (wanted.verdict !== null || wanted.minStars !== null || wanted.flagged !== null) return 0;
  let count = 0;
  const rejected = { ...listing, wanted: { ...wanted, verdict: 'rejected' } } as const;
  for await (const _ of fromDirectory(rejected, directory)) count += 1;
  return count;
}

function refuse(output: Output, message: string): number {
  output.fail('usage', message);
  return exitCode.wrongUsage;
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
