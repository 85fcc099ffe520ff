import { describe, expect, test } from 'vitest';
import type { Generation } from '../../source/generation/generation.ts';
import { isSameCheckpoint } from '../../source/generation/is-same-checkpoint.ts';
import { type Capture, readCaptures } from './capture.ts';
import { sampleGeneration } from './sample-generation.ts';
import { openClient, startServer } from './scripted-server.ts';

/** The last txt2img exchange of a capture. */
function exchangeOf(name: string): Capture {
  const capture = readCaptures(name).findLast(({ request }) => request.includes('txt2img'));
  if (!capture) throw new Error(`No txt2img in the capture ${name}`);
  return capture;
}

/** The generation that the capture's request was, as we would plan it. */
function generationOf({ sent }: Capture): Generation {
  const asked = sent.startsWith('{') && sent.endsWith('}') ? JSON.parse(sent) : {};
  return sampleGeneration(
    { batchSize: asked.batch_size ?? 1, batchCount: asked.n_iter ?? 1 },
    { firstSeed: asked.seed ?? 42 },
  );
}

/** What a client makes of the captured answer; one without an answer is a connection that was closed. */
async function generate(name: string, saving: 'server' | 'client' = 'client') {
  const capture = exchangeOf(name);
  const { url } = await startServer((_, response) => {
    if (capture.status === 0) {
      response.destroy();
      return undefined;
    }
    return { status: capture.status, headers: { 'content-type': capture.contentType }, body: capture.body };
  });
  const result = await openClient(url).generate(generationOf(capture), { saving });
  if (!result.ok) return { failure: result.failure };
  const { images, ...answer } = result.value;
  return { ...answer, imageCount: images.length };
}

const silent = {
  checkpointName: null,
  checkpointHash: null,
  samplerName: null,
  version: null,
  jobTimestamp: null,
};

describe('KoboldCpp 1.76 tells nothing of what it made', () => {
  test.each([
    ['38-txt2img-basic', [42], 1],
    ['42-txt2img-seed-big', [4_294_967_295], 1],
    ['48-txt2img-unknown-sampler', [42], 1],
    ['57-txt2img-size-not-mult8', [42], 1],
    ['60-txt2img-steps0', [42], 1],
    ['93-steps-1000-clamped-80', [42], 1],
    // Four were asked for.
    ['43-txt2img-batch4', [42, 43, 44, 45], 1],
    ['50-txt2img-save-not-send', [42, 43], 1],
  ])('%s', async (name, seeds, imageCount) => {
    expect(await generate(`koboldcpp/${name}`)).toEqual({ ...silent, seeds, imageCount });
  });

  test.each([
    ['62-bad-width-string', 'connection-lost'],
    ['71-bad-seed-string', 'connection-lost'],
    ['73-bad-empty-body', 'rejected'],
    ['75-bad-json', 'rejected'],
    ['84-concurrent-9', 'busy'],
  ])('%s is %s', async (name, kind) => {
    expect(await generate(`koboldcpp/${name}`)).toMatchObject({ failure: { kind } });
  });
});

describe("stable-diffusion.cpp's server tells what it made", () => {
  test.each([
    ['38-txt2img-basic', [42], 1],
    ['43-txt2img-batch4', [42, 43, 44, 45], 4],
    // The batch count is ignored.
    ['44-txt2img-niter2', [42], 1],
    // A seed beyond 31 bits is replaced, and 64 images are 8.
    ['42-txt2img-seed-big', [418_272_463], 1],
    ['97-batch-64', [42, 43, 44, 45, 46, 47, 48, 49], 8],
    ['50-txt2img-save-not-send', [42, 43], 2],
  ])('%s', async (name, seeds, imageCount) => {
    expect(await generate(`sd-server/${name}`)).toEqual({
      seeds,
      imageCount,
      checkpointName: 'random-micro.safetensors',
      checkpointHash: null,
      samplerName: 'NONE',
      version: 'stable-diffusion.cpp',
      jobTimestamp: null,
    });
  });

  test.each([
    ['66-bad-width-zero', { kind: 'rejected', detail: 'width and height must be positive' }],
    ['69-bad-prompt-empty', { kind: 'rejected', detail: 'prompt required' }],
    ['73-bad-empty-body', { kind: 'rejected', detail: 'empty body' }],
    ['62-bad-width-string', { kind: 'server-error', httpStatus: 500 }],
  ])('%s is %o', async (name, failure) => {
    expect(await generate(`sd-server/${name}`)).toMatchObject({ failure });
  });

  test('its name for the checkpoint is that of its list', () => {
    const [listed] = JSON.parse(readCaptures('sd-server/01-get-sd-models')[0]?.body ?? '[]');
    const checkpoint = { ...listed, name: listed.model_name };
    expect(isSameCheckpoint(checkpoint, 'random-micro.safetensors', null)).toBe('same');
  });
});

describe('Forge', () => {
  test.each([
    ['38-txt2img-basic', 'client', [42], 1],
    ['43-txt2img-batch4', 'client', [42, 43, 44, 45], 4],
    ['59-txt2img-size-100x72', 'client', [42], 1],
    // The grid comes first, and is no image of ours.
    ['102-save-and-send-batch2', 'client', undefined, 2],
    ['50-txt2img-save-not-send', 'server', [42, 43], 0],
  ] as const)('%s, saved by the %s', async (name, saving, seeds, imageCount) => {
    const answer = await generate(`forge/${name}`, saving);
    expect(answer).toMatchObject({ checkpointName: 'random-sd15', checkpointHash: '0ba8a68088', imageCount });
    if (seeds !== undefined) expect(answer).toMatchObject({ seeds });
  });

  test.each([
    ['62-bad-width-string', 'rejected'],
    ['66-bad-width-zero', 'server-error'],
    ['105-script-unknown', 'rejected'],
  ])('%s is %s', async (name, kind) => {
    expect(await generate(`forge/${name}`)).toMatchObject({ failure: { kind } });
  });
});
