import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { joinRunner } from '../../source/connection/join-runner.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { readImageFile } from '../../source/gallery/read-image-header.ts';
import { type Infotext, parseInfotext } from '../../source/generation/infotext.ts';
import { makePng } from '../gallery/helpers/pictures.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { openShell, type Shell } from './detached-loop.ts';

type Made = { readonly seed: number; readonly path: string; readonly generation: number };

async function imagesOf(shell: Shell): Promise<Made[]> {
  const { stdout } = await shell.sdloop('images', '--json');
  return stdout
    .split('\n')
    .filter((line) => line.includes('"type":"image"'))
    .map((line) => JSON.parse(line));
}

async function infotextOf(path: string): Promise<Infotext> {
  return parseInfotext((await readImageFile(path))?.header?.infotext ?? '');
}

/** Waits for so many images with the seed, newest first. */
async function untilMade(shell: Shell, seed: number, count: number): Promise<Made[]> {
  return await waitFor(
    async () => {
      const made = (await imagesOf(shell)).filter((image) => image.seed === seed);
      return made.length >= count && made;
    },
    { timeoutMs: 30_000, everyMs: 50 },
  );
}

async function firstImage(shell: Shell): Promise<Made> {
  const [image] = await waitFor(
    async () => {
      const made = await imagesOf(shell);
      return made.length > 0 && made;
    },
    { timeoutMs: 20_000, everyMs: 50 },
  );
  if (image === undefined) throw new Error('An image was to be made.');
  return image;
}

describe('sdloop again', () => {
  test.concurrent('makes the image of a seed again, varied and larger, and the loop goes on with its plan', async (context) => {
    const shell = await openShell({}, context);
    await shell.detach('--seed', '5000');
    const { seed, path } = await firstImage(shell);
    const original = await infotextOf(path);
    expect(await shell.sdloop('again', path)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`seed ${seed} again`),
    });
    const [again] = await untilMade(shell, seed, 2);
    const copy = await infotextOf(again?.path ?? '');
    expect({ ...copy, others: [...copy.others] }).toEqual({ ...original, others: [...original.others] });
    expect(readFileSync(again?.path ?? '').equals(readFileSync(path))).toBe(true);

    await shell.sdloop('again', path, '--vary', '3', '--strength', '0.25');
    const varied = (await untilMade(shell, seed, 5)).slice(0, 3);
    const subseeds = await Promise.all(
      varied.map(async (image) => (await infotextOf(image.path)).others.get('Variation seed')),
    );
    expect(new Set(subseeds).size).toBe(3);
    expect(subseeds).not.toContain(undefined);
    expect((await infotextOf(varied[0]?.path ?? '')).others.get('Variation seed strength')).toBe('0.25');

    await shell.sdloop('again', varied[0]?.path ?? '', '--hires', '--scale', '1.5');
    const [larger] = await untilMade(shell, seed, 6);
    const { others } = await infotextOf(larger?.path ?? '');
    expect(others.get('Hires upscale')).toBe('1.5');
    // The larger one of a variation is that of the same variation.
    expect(others.get('Variation seed')).toBe(subseeds[0]);
    const generations = new Set((await imagesOf(shell)).map(({ generation }) => generation));
    await waitFor(
      async () =>
        new Set((await imagesOf(shell)).map(({ generation }) => generation)).size > generations.size + 1,
    );
    const ofPlan = (await imagesOf(shell)).filter((image) => image.seed >= 5000).map((image) => image.seed);
    const plan = [...new Set(ofPlan)].sort((a, b) => a - b);
    expect(plan).toEqual(plan.map((_, index) => 5000 + index));
    await shell.sdloop('stop');
  });

  test.concurrent('reads a file that the ledger does not know, and takes its parameters for the plan', async (context) => {
    const first = await openShell({}, context);
    await first.detach('--count', '1', '--cfg-scale', '5', '--negative-prompt', 'a dog');
    await first.ended();
    const { path } = await firstImage(first);
    const foreign = join(tempDirectoryInTest(context), 'foreign.png');
    renameSync(path, foreign);
    const shell = await openShell({}, context);
    await shell.detach();
    expect(await shell.sdloop('again', foreign, '--plan')).toMatchObject({ code: 0 });
    const { plan } = await shell.until(({ plan }) => plan?.parameters.cfgScale === 5);
    expect(plan).toMatchObject({
      seed: { kind: 'random' },
      parameters: { negativePrompt: 'a dog', batchSize: 2 },
    });
    await shell.sdloop('again', foreign, '--prompt-only');
    await shell.sdloop('stop');
  });

  test.concurrent('is refused beyond a hundred wishes that wait', async (context) => {
    const shell = await openShell({}, context);
    await shell.detach();
    const { path } = await firstImage(shell);
    await shell.sdloop('pause');
    const { plan } = await shell.until(({ status }) => status.kind === 'paused');
    if (plan === null) throw new Error('The loop has a plan.');
    const { checkpoint, parameters } = plan;
    const order = { checkpoint, parameters, seed: 1, variation: null, hires: null, times: 1 };
    const runner = readRunnerPointer(runnerStateDirectory(shell.home));
    const joined = await joinRunner({
      role: 'command',
      version: runner?.version ?? '',
      find: () => runner,
      start: async () => ({ ok: false, reason: '' }),
    });
    if (!joined.ok) throw new Error('The loop runs.');
    for (let count = 0; count < 99; count++) await joined.connection.deliver({ type: 'make', order });
    joined.connection.close();
    expect(await shell.sdloop('again', path)).toMatchObject({ code: 0 });
    expect(await shell.sdloop('again', path)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/100 wishes wait to be made/),
    });
    await shell.sdloop('stop', '--now');
  });

  test.concurrent('is told what it cannot do', async (context) => {
    const shell = await openShell({ family: 'koboldcpp' }, context);
    await shell.detach();
    const { path } = await firstImage(shell);
    expect(await shell.sdloop('again', path, '--hires')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('This WebUI has no hires fix'),
    });
    expect((await shell.sdloop('again', path, '--vary', '2')).stderr).toContain('no variations of a seed');
    expect(await shell.sdloop('again', path, '--hires', '--plan')).toMatchObject({ code: 2 });
    expect(await shell.sdloop('again')).toMatchObject({ code: 2 });
    const bare = join(shell.home, 'bare.png');
    writeFileSync(bare, await makePng());
    expect((await shell.sdloop('again', bare)).stderr).toContain('does not tell how it was made');
    await shell.sdloop('stop');
    expect(await shell.sdloop('again', path)).toMatchObject({ code: 5 });
  });
});
