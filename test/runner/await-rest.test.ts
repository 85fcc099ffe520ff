import { describe, expect, test } from 'vitest';
import { awaitRest } from '../../source/runner/await-rest.ts';
import { readCapture } from '../webui/capture.ts';
import { json, openClient, replay, startServer } from '../webui/scripted-server.ts';

const koboldcpp = ['01-get-sd-models', '02-get-options', '03-get-samplers', '97-extra-version'].map((name) =>
  readCapture(`koboldcpp/${name}`),
);

const never = new AbortController().signal;

async function timed(work: Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
}

describe('a WebUI that tells no progress', () => {
  async function openKobold() {
    const { url, seen } = await startServer(replay(koboldcpp));
    const client = openClient(url);
    await client.probe();
    seen.length = 0;
    return { client, seen };
  }

  test('is given what is left of the time that the work should take, and not asked', async () => {
    const { client, seen } = await openKobold();
    const ms = await timed(awaitRest(client, { sentAt: Date.now() - 200, expectedMs: 500 }, never));
    expect(ms).toBeGreaterThan(280);
    expect(ms).toBeLessThan(5000);
    expect(seen).toEqual([]);
  });

  test.each([
    ['it should have ended long ago', -60_000, 500],
    ['nobody knows how long it takes', 0, null],
  ])('is not waited for when %s', async (_, sentMs, expectedMs) => {
    const { client } = await openKobold();
    expect(await timed(awaitRest(client, { sentAt: Date.now() + sentMs, expectedMs }, never))).toBeLessThan(
      250,
    );
  });

  test('is left at once when the loop leaves', async () => {
    const { client } = await openKobold();
    const left = new AbortController();
    const waiting = awaitRest(client, { sentAt: Date.now(), expectedMs: 3_600_000 }, left.signal);
    left.abort();
    expect(await timed(waiting)).toBeLessThan(1000);
  });
});

test('a WebUI that tells progress is waited for until it rests', async () => {
  const counts = [1, 0];
  const { url } = await startServer(() => {
    const state = { job_count: counts.shift() ?? 0, job_no: 0, sampling_step: 3, sampling_steps: 20 };
    return json({ state });
  });
  await awaitRest(openClient(url), { sentAt: Date.now(), expectedMs: null }, never);
  expect(counts).toEqual([]);
});
