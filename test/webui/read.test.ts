import { describe, expect, test } from 'vitest';
import type { Progress } from '../../source/generation/webui.ts';
import { readCapture, readPolls } from './capture.ts';
import { json, openClient, replay, startServer } from './scripted-server.ts';

describe('progress', () => {
  test('of an idle WebUI', async () => {
    const { url, seen } = await startServer(replay([readCapture('forge/15-get-progress')]));
    expect(await openClient(url).readProgress()).toEqual({
      ok: true,
      value: {
        isRunning: false,
        step: 0,
        stepCount: 2,
        passNumber: 1,
        passCount: null,
        jobTimestamp: '20261122193701',
        isInterrupted: false,
      },
    });
    expect(seen[0]?.request).toBe('GET /sdapi/v1/progress?skip_current_image=true');
  });

  test('of a whole generation, as Forge told it', async () => {
    const polls = readPolls('forge/80-progress-during');
    const count = polls.length;
    const { url } = await startServer(() => json(polls.shift()));
    const client = openClient(url);
    const told: Progress[] = [];
    for (let index = 0; index < count; index++) {
      const result = await client.readProgress();
      if (result.ok) told.push(result.value);
    }
    expect(told).toHaveLength(count);
    const running = told.filter(({ isRunning }) => isRunning);
    expect(running.length).toBeGreaterThan(40);
    expect(Math.max(...running.map(({ step }) => step))).toBe(9);
    expect(new Set(running.map(({ passCount }) => passCount))).toEqual(new Set([1]));
    expect(new Set(running.map(({ jobTimestamp }) => jobTimestamp)).size).toBe(1);
  });

  test('while a model is loaded: it runs, and nobody knows how many passes', async () => {
    const state = { job_count: -1, job_no: 0, sampling_step: 0, sampling_steps: 0, job_timestamp: '1' };
    const { url } = await startServer(() => json({ state }));
    expect(await openClient(url).readProgress()).toMatchObject({
      value: { isRunning: true, passCount: null },
    });
  });

  test('of a WebUI that has none', async () => {
    const { url } = await startServer(replay([readCapture('koboldcpp/15-get-progress')]));
    expect(await openClient(url).readProgress()).toMatchObject({ ok: false, failure: { httpStatus: 404 } });
  });
});

describe('memory', () => {
  test('without CUDA, as Forge told it', async () => {
    const { url } = await startServer(replay([readCapture('forge/17-get-memory')]));
    expect(await openClient(url).readMemory()).toEqual({
      ok: true,
      value: { ramUsed: 6816587776, ramTotal: 25276502016, vramUsed: null, vramTotal: null },
    });
  });

  test('with CUDA', async () => {
    const use = { free: 9e9, used: 15e9, total: 24e9 };
    const { url } = await startServer(() =>
      json({ ram: { error: 'no psutil' }, cuda: { system: use, events: {} } }),
    );
    expect(await openClient(url).readMemory()).toEqual({
      ok: true,
      value: { ramUsed: null, ramTotal: null, vramUsed: 15e9, vramTotal: 24e9 },
    });
  });
});
