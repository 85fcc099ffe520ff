import { request as ask, createServer } from 'node:http';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { maxPreviewByteCount } from '../../source/connection/preview-message.ts';
import { demoFamilyNames } from '../../source/demo/family-names.ts';
import type { Preview } from '../../source/presentation/preview.ts';
import type { Ending } from '../helpers/ending.ts';
import { listen } from '../webui/scripted-server.ts';
import { examplePlan, type LoopInTest, loopInTest } from './loop-in-test.ts';

/** A proxy that notes each poll of the progress and may put another picture into its answer. */
function previewProxy(ending: Ending, replace: (image: unknown) => unknown = (image) => image) {
  const polls: { readonly at: number; readonly hasPreview: boolean; readonly step: number }[] = [];
  const url = async (target: string) => {
    const server = createServer((incoming, outgoing) => {
      const { method, headers, url: path = '/' } = incoming;
      const sending = ask(target + path, { method: method ?? 'GET', headers }, async (answer) => {
        const chunks = (await answer.toArray()) as Buffer[];
        const body = Buffer.concat(chunks);
        const { 'content-length': _, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode ?? 502, rest);
        if (!path.startsWith('/sdapi/v1/progress')) return void outgoing.end(body);
        const hasPreview = !path.includes('skip_current_image');
        if (answer.statusCode !== 200) {
          polls.push({ at: Date.now(), hasPreview, step: 0 });
          return void outgoing.end(body);
        }
        const told = JSON.parse(body.toString()) as {
          current_image: unknown;
          state: { sampling_step: number };
        };
        polls.push({ at: Date.now(), hasPreview, step: told.state.sampling_step });
        outgoing.end(
          JSON.stringify(hasPreview ? { ...told, current_image: replace(told.current_image) } : told),
        );
      });
      sending.on('error', () => outgoing.destroy());
      incoming.pipe(sending);
    });
    ending.onTestFinished(() => void server.closeAllConnections());
    return listen(server, { ending });
  };
  return { polls, url, asked: () => polls.filter(({ hasPreview }) => hasPreview) };
}

/** Long enough for several polls. */
const slow = { durationMs: 6000 };

const long = { parameters: { ...examplePlan.parameters, steps: 60, width: 128, height: 64, batchSize: 1 } };

async function setOptions({ webUi }: LoopInTest, options: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(`${webUi.url}/sdapi/v1/options`, { method: 'POST', headers, body: JSON.stringify(options) });
}

/** The loop reads the options anew. */
async function withOptions(loop: LoopInTest, options: object): Promise<void> {
  await loop.until(() => loop.runner.getSnapshot().webUi !== null);
  await setOptions(loop, options);
  loop.runner.send({ type: 'refresh' });
  const before = loop.runner.getSnapshot().webUi;
  await loop.until(() => loop.runner.getSnapshot().webUi !== before);
}

async function preview({ runner, until }: LoopInTest): Promise<Preview> {
  await until(() => runner.getPreview() !== null);
  return runner.getPreview() as Preview;
}

test.concurrent('nobody wants it: nothing is asked for, though the progress is followed', async (context) => {
  const { polls, url, asked } = previewProxy(context);
  const loop = await loopInTest({ ...slow, url }, context);
  loop.start(long);
  await loop.until(() => polls.filter(({ step }) => step > 15).length >= 3);
  expect(asked()).toEqual([]);
  expect(loop.webUi.stats().previewCount).toBe(0);
  expect(loop.runner.getPreview()).toBeNull();
});

test.concurrent('whoever wants it gets the picture of the running generation, and it goes with it', async (context) => {
  const loop = await loopInTest(slow, context);
  let told = 0;
  loop.runner.setPreviewWanted(true);
  loop.runner.subscribe(() => told++);
  loop.start({ ...long, goal: { kind: 'images', count: 1 } });
  const first = await preview(loop);
  expect(loop.runner.getPreview()).toBe(first);
  expect(told).toBeGreaterThan(0);
  expect(first.generationId).toBe(loop.runner.getSnapshot().running?.generation.id);
  expect(await sharp(first.bytes).metadata()).toMatchObject({ format: 'png', width: 32, height: 16 });
  await loop.until(() => loop.runner.getPreview() !== first);
  expect(loop.runner.getPreview()?.at).toBeGreaterThan(first.at);
  await loop.until(() => loop.of('stopped').length > 0);
  expect(loop.runner.getPreview()).toBeNull();
});

test.concurrent('it comes with the polls that come anyway, and never more often than the WebUI makes or asks for one', async (context) => {
  const { polls, url, asked } = previewProxy(context);
  const loop = await loopInTest({ durationMs: 12_000, url }, context);
  await withOptions(loop, { show_progress_every_n_steps: 1, live_preview_refresh_period: 2000 });
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  await loop.until(() => asked().length >= 4);
  for (const [index, { at }] of asked().entries()) {
    // What a timer and the way through the proxy may be off by.
    if (index > 0) expect(at - (asked()[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1900);
  }
  const ofRunning = polls.filter(({ step }) => step > 0);
  for (const [index, { at }] of ofRunning.entries()) {
    if (index > 0) expect(at - (ofRunning[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(450);
  }
  expect(loop.webUi.stats().previewCount).toBeLessThanOrEqual(asked().length);
});

test.concurrent('it is not asked for any more once the last one has looked away', async (context) => {
  const { polls, url, asked } = previewProxy(context);
  const loop = await loopInTest({ durationMs: 12_000, url }, context);
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  await preview(loop);
  loop.runner.setPreviewWanted(false);
  expect(loop.runner.getPreview()).toBeNull();
  const before = asked().length;
  const { length } = polls;
  await loop.until(() => polls.length >= length + 4);
  expect(asked().length).toBeLessThanOrEqual(before + 1);
  loop.runner.setPreviewWanted(true);
  await preview(loop);
});

test.concurrent('only the screen that wants it sees it', async (context) => {
  const loop = await loopInTest(slow, context);
  const other = loop.openScreen();
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  await preview(loop);
  expect(other.getPreview()).toBeNull();
  other.setPreviewWanted(true);
  expect(other.getPreview()).toBe(loop.runner.getPreview());
  loop.runner.setPreviewWanted(false);
  expect(loop.runner.getPreview()).toBeNull();
  expect(other.getPreview()).not.toBeNull();
});

test.concurrent('where the WebUI has it off nothing is asked for, and the screen can tell', async (context) => {
  const { polls, url, asked } = previewProxy(context);
  const loop = await loopInTest({ ...slow, url }, context);
  await withOptions(loop, { live_previews_enable: false });
  expect(loop.runner.getSnapshot().webUi?.livePreviews).toEqual({ kind: 'off' });
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  await loop.until(() => polls.filter(({ step }) => step > 15).length >= 2);
  expect(asked()).toEqual([]);
});

test.concurrent.for([
  ['text', 'no picture \u001b[2J', 'it is no picture'],
  ['more than anybody could use', `iVBORw0KGgo${'A'.repeat(23 * 2 ** 20)}`, 'it is too large'],
  [
    'a large file that is no PNG inside',
    `iVBORw0KGgo${'A'.repeat(3 * 2 ** 20)}`,
    'it is large and cannot be made smaller',
  ],
] as const)(
  '%s in its place is left out, said once, and not asked for again at once',
  async ([_, image, words], context) => {
    const { polls, url, asked } = previewProxy(context, () => image);
    const loop = await loopInTest({ ...slow, url }, context);
    await withOptions(loop, { show_progress_every_n_steps: 1, live_preview_refresh_period: 0 });
    loop.runner.setPreviewWanted(true);
    loop.start(long);
    await loop.until(() => asked().length > 0);
    const { length } = polls;
    await loop.until(() => polls.length >= length + 2);
    expect(asked()).toHaveLength(1);
    expect(loop.runner.getPreview()).toBeNull();
    const said = loop.runner.getSnapshot().messages.filter(({ text }) => text.includes('live preview'));
    expect(said.map(({ text }) => text)).toEqual([`The WebUI's live preview is left out: ${words}.`]);
    expect(loop.runner.getSnapshot().running?.step).toBeGreaterThan(0);
    expect(loop.of('failure')).toEqual([]);
  },
);

test.concurrent('a large picture is made smaller', async (context) => {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const large = await sharp({ create: { width: 2048, height: 1024, channels: 3, background: '#000', noise } })
    .png()
    .toBuffer();
  expect(large.length).toBeGreaterThan(maxPreviewByteCount);
  const { url } = previewProxy(context, () => large.toString('base64'));
  const loop = await loopInTest({ ...slow, url }, context);
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  const { bytes } = await preview(loop);
  expect(bytes.length).toBeLessThanOrEqual(maxPreviewByteCount);
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 1024, height: 512 });
});

test.concurrent('one that cannot be encoded costs the progress a poll in half a minute', async (context) => {
  const { polls, url, asked } = previewProxy(context);
  const loop = await loopInTest({ ...slow, url }, context);
  loop.runner.setPreviewWanted(true);
  await loop.until(() => loop.runner.getSnapshot().webUi?.livePreviews.kind === 'on');
  await setOptions(loop, { samples_format: 'avif' });
  loop.start({ ...long, goal: { kind: 'images', count: 1 } });
  await loop.until(() => polls.filter(({ step }) => step > 30).length > 0);
  expect(asked().length).toBeLessThanOrEqual(1);
});

const withPreviews = demoFamilyNames.filter((name) => name !== 'koboldcpp' && name !== 'sd-cpp');

test.concurrent.for(withPreviews)('%s shows previews', async (family, context) => {
  const loop = await loopInTest({ family, ...slow }, context);
  loop.runner.setPreviewWanted(true);
  loop.start(long);
  expect(await sharp((await preview(loop)).bytes).metadata()).toMatchObject({ width: 32, height: 16 });
});

test.concurrent.for(['koboldcpp', 'sd-cpp'] as const)(
  '%s has none, and is not asked',
  async (family, context) => {
    const { polls, url } = previewProxy(context);
    const loop = await loopInTest({ family, durationMs: 1500, url }, context);
    loop.runner.setPreviewWanted(true);
    loop.start({ ...long, goal: { kind: 'images', count: 1 } });
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.runner.getSnapshot().webUi?.livePreviews).toEqual({ kind: 'none' });
    expect(polls.filter(({ hasPreview }) => hasPreview)).toEqual([]);
    expect(loop.runner.getPreview()).toBeNull();
  },
);
