import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { createWebUiClient } from '../webui/create-webui-client.ts';
import { failWith, readTarget } from './connect.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { listImages } from './list-images.ts';
import { openAllSettings } from './open-settings.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';
import { imageEvent, imageWords } from './print/listed-image.ts';

/** `sdloop images`: what lies in the output directory, newest first, however much it is. */
export async function perform(invocation: Invocation): Promise<number> {
  const { output } = invocation;
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { settings, store } = opened;
  const last = store.file.lastImageDirectory;
  const known = settings.outputDir === undefined ? last : resolve(settings.outputDir);
  if (known !== null && (await isDirectory(known))) return await tell(output, known);
  if (settings.outputDir !== undefined) {
    output.fail('no-directory', `There is no directory ${known}. Give another with --output-dir.`);
    return exitCode.error;
  }
  return await askAndTell(settings, output);
}

/** Nothing was generated from here yet: the WebUI knows where its images go, if it runs on this machine. */
async function askAndTell(settings: ResolvedSettings, output: Output): Promise<number> {
  const target = readTarget(settings, output);
  if (target === null) return exitCode.wrongUsage;
  const client = createWebUiClient(target);
  const answer = await client.probe();
  await client.close();
  if (!answer.ok) return failWith(output, answer.failure, target.url);
  const { outputDirectory } = answer.value;
  if (outputDirectory !== null && (await isDirectory(outputDirectory)))
    return await tell(output, outputDirectory);
  output.fail(
    'no-directory',
    'The output directory cannot be found on this machine. Name it with --output-dir.',
  );
  return exitCode.error;
}

async function tell(output: Output, directory: string): Promise<number> {
  let count = 0;
  for await (const image of listImages(directory)) {
    output.print(output.isJson ? jsonLine(imageEvent(image)) : imageWords(image, Date.now()));
    count += 1;
    await output.whenLevel();
    if (output.readerGone.aborted) break;
  }
  if (count === 0) output.say(`There are no images in ${directory} yet.`);
  return exitCode.done;
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}
