import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImageFilter } from '../ledger/image-selection.ts';
import { openLedgerReader } from '../ledger/open-ledger-reader.ts';
import { describeRisks } from '../presentation/describe-risks.ts';
import { stateDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { failWith, readTarget } from './connect.ts';
import { exitCode } from './exit-code.ts';
import { passesFilter, readImageFilter } from './image-filter.ts';
import type { Invocation } from './invocation.ts';
import { type ListedImage, listImages } from './list-images.ts';
import { openAllSettings } from './open-settings.ts';
import type { Output } from './output.ts';
import { tellImages } from './tell-images.ts';

type Listing = {
  readonly output: Output;
  readonly filter: ImageFilter;
  readonly isTsv: boolean;
  readonly limit: number | null;
};

/** `sdloop images`: what was made, newest first, however much it is; as the ledger knows it or, without one, as the files tell. */
export async function perform(invocation: Invocation): Promise<number> {
  const { flags, environment, output } = invocation;
  const filter = readImageFilter(flags, Date.now());
  if (!filter.ok) return refuse(output, filter.message);
  if (flags.isJson && flags.isTsv) return refuse(output, '--json and --tsv exclude each other.');
  const listing = { output, filter: filter.value, isTsv: flags.isTsv, limit: flags.limit };
  if (flags.settings.outputDir !== undefined) {
    return await tellDirectory(listing, resolve(flags.settings.outputDir));
  }
  const told = await tellLedger(listing, stateDirectory(environment, flags.profile));
  return told ?? (await tellFiles(invocation, listing));
}

/** Null where there is nothing in the ledger to be told. */
async function tellLedger(listing: Listing, directory: string): Promise<number | null> {
  const { output, filter } = listing;
  const reading = openLedgerReader(directory);
  if (!reading.ok) {
    if (reading.trouble.kind !== 'absent') output.say(reading.trouble.message);
    return null;
  }
  using _closing = { [Symbol.dispose]: () => reading.reader.close() };
  if (!reading.reader.hasImages()) return null;
  const count = await tellImages(reading.reader.listImages(filter), listing);
  const trouble = reading.reader.trouble();
  if (trouble !== null) {
    output.fail('ledger', trouble.message);
    return exitCode.error;
  }
  if (count === 0) output.say('The ledger has no such image.');
  return exitCode.done;
}

async function tellFiles(invocation: Invocation, listing: Listing): Promise<number> {
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings, store } = opened;
  if (settings.outputDir !== undefined) return await tellDirectory(listing, resolve(settings.outputDir));
  const last = store.file.lastImageDirectory;
  if (last !== null && (await isDirectory(last))) return await tellDirectory(listing, last);
  return await askAndTell(settings, listing);
}

/** Nothing was generated from here yet: the WebUI knows where its images go, if it runs on this machine. */
async function askAndTell(settings: ResolvedSettings, listing: Listing): Promise<number> {
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
    return await tellDirectory(listing, outputDirectory);
  output.fail(
    'no-directory',
    'The output directory cannot be found on this machine. Name it with --output-dir.',
  );
  return exitCode.error;
}

async function tellDirectory(listing: Listing, directory: string): Promise<number> {
  const { output, filter } = listing;
  if (!(await isDirectory(directory))) {
    output.fail('no-directory', `There is no directory ${directory}. Give another with --output-dir.`);
    return exitCode.error;
  }
  const count = await tellImages(filtered(directory, filter), listing);
  const isFiltered = Object.values(filter).some((value) => value !== null);
  if (count === 0) output.say(`There are no ${isFiltered ? 'such images' : 'images'} in ${directory} yet.`);
  return exitCode.done;
}

async function* filtered(directory: string, filter: ImageFilter): AsyncGenerator<ListedImage> {
  for await (const image of listImages(directory)) if (passesFilter(image, filter)) yield image;
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
