import { describe, expect, test } from 'vitest';
import { awaitRest } from '../../source/runner/await-rest.ts';
import type { Ending } from '../helpers/ending.ts';
import { readCapture } from '../webui/capture.ts';
import { json, openClient, replay, startServer } from '../webui/scripted-server.ts';

const koboldcpp = ['01-get-sd-models', '02-get-options', '03-get-samplers', '97-extra-version'].map((name) =>
  readCapture(`koboldcpp/${name}`),
);

const never = { signal: new AbortController().signal };
const notYet = async () => false;

async function timed(work: Promise<unknown>): Promise<number> {
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
    const ms = await timed(
      awaitRest(client, { sentAt: Date.now() - 200, expectedMs: 500, hasHung: false }, never, notYet),
    );
    expect(ms).toBeGreaterThan(280);
    expect(ms).toBeLessThan(5000);
    expect(seen).toEqual([]);
  });

  test.each([
    ['it should have ended long ago', -60_000, 500],
    ['nobody knows how long it takes', 0, null],
  ])('is not waited for when %s', async (_, sentMs, expectedMs) => {
    const { client } = await openKobold();
    expect(
      await timed(
        awaitRest(client, { sentAt: Date.now() + sentMs, expectedMs, hasHung: false }, never, notYet),
      ),
    ).toBeLessThan(250);
  });

  test('is left at once when the loop leaves', async () => {
    const { client } = await openKobold();
    const left = new AbortController();
    const lost = { sentAt: Date.now(), expectedMs: 3_600_000, hasHung: false };
    const waiting = awaitRest(client, lost, left, notYet);
    left.abort();
    expect(await timed(waiting)).toBeLessThan(1000);
  });
});

describe('a WebUI that tells progress', () => {
  /** Says for each poll in turn whether it runs a job, and which; at rest from then on. */
  async function openTelling(ending: Ending, jobs: (string | null)[]) {
    const { url, seen } = await startServer(() => {
      const job = jobs.shift() ?? null;
      const counters = { job_no: 0, sampling_step: 3, sampling_steps: 20, job_timestamp: job ?? 'earlier' };
      return json({ state: { ...counters, job_count: job === null ? 0 : 1 } });
    }, ending);
    return { client: openClient(url, {}, ending), seen, jobs };
  }
  const lost = { sentAt: 0, expectedMs: null, hasHung: false };
  const hung = { ...lost, hasHung: true };
  /** 3.6 s for what stands still, 0.6 s for what stood still before. */
  const hasty = { ...never, hangPatience: 1 / 50 };

  test.concurrent('is waited for until it rests, at two looks', async (context) => {
    const { client, seen, jobs } = await openTelling(context, ['ours', null, null]);
    await awaitRest(client, lost, never, notYet);
    expect(jobs).toEqual([]);
    expect(seen).toHaveLength(3);
  });

  test.concurrent('is still waited for when what was sent begins between two looks', async (context) => {
    const { client, jobs } = await openTelling(context, [null, 'ours', null, null]);
    await awaitRest(client, lost, never, notYet);
    expect(jobs).toEqual([]);
  });

  test.concurrent('is no longer waited for once all that was looked for is there', async (context) => {
    const { client, seen } = await openTelling(
      context,
      Array.from({ length: 99 }, () => 'somebody else'),
    );
    let looks = 0;
    await awaitRest(client, lost, never, async () => ++looks === 2);
    expect(seen).toHaveLength(2);
  });

  test.concurrent('and stands where it hung is not waited for as long as one that nobody has interrupted', async (context) => {
    const standing = await openTelling(
      context,
      Array.from({ length: 99 }, () => 'ours'),
    );
    expect(await awaitRest(standing.client, hung, hasty, notYet)).toMatchObject({ kind: 'hung' });
    const lostOnly = await openTelling(context, ['ours', 'ours', 'ours', null, null]);
    expect(await awaitRest(lostOnly.client, lost, hasty, notYet)).toBe(null);
  });

  test.concurrent('and goes on after it hung is given the usual time again', async (context) => {
    const { client, jobs } = await openTelling(context, ['ours', 'next', 'next', 'next', 'next', null, null]);
    expect(await awaitRest(client, hung, hasty, notYet)).toBe(null);
    expect(jobs).toEqual([]);
  });
});
