import { expect, test } from 'vitest';
import { type Answer, json, openClient, startServer } from './scripted-server.ts';

const idle = { job_count: 0, job_no: 0, sampling_step: 0, sampling_steps: 0 };

/** A WebUI that can free its memory; POST to a path answers as given, 200 otherwise. */
async function free(options: { progress?: object; answers?: Record<string, Answer[]> } = {}) {
  const { progress = idle, answers = {} } = options;
  const { url, seen } = await startServer(({ request }) => {
    if (request.startsWith('GET /sdapi/v1/progress')) return json({ state: progress });
    if (request.startsWith('GET')) return json({ detail: 'Method Not Allowed' }, 405);
    return answers[request.replace('POST /sdapi/v1/', '')]?.shift() ?? json({});
  });
  const result = await openClient(url).freeMemory();
  const deeds = seen.map(({ request }) => request).filter((request) => request.startsWith('POST'));
  return { result, deeds: deeds.map((deed) => deed.replace('POST /sdapi/v1/', '')) };
}

test('the checkpoint is unloaded, then loaded again', async () => {
  const { result, deeds } = await free();
  expect(result).toEqual({ ok: true, value: null });
  expect(deeds).toEqual(['unload-checkpoint', 'reload-checkpoint']);
});

test('nothing is unloaded under a job that runs, whoever sent it', async () => {
  const { result, deeds } = await free({ progress: { ...idle, job_count: 1 } });
  expect(result).toMatchObject({ ok: false, failure: { kind: 'busy' } });
  expect(deeds).toEqual([]);
});

test('a WebUI that cannot load it again is not made to unload it', async () => {
  const { url, seen } = await startServer(() => json({ detail: 'Not Found' }, 404));
  expect(await openClient(url).freeMemory()).toMatchObject({ ok: false, failure: { kind: 'api-off' } });
  expect(seen.every(({ request }) => request.startsWith('GET'))).toBe(true);
});

test('it is loaded again even where that fails at first, and where unloading failed', async () => {
  const failed = () => json({ error: 'RuntimeError', detail: '', body: '', errors: 'boom' }, 500);
  const { result, deeds } = await free({
    answers: { 'unload-checkpoint': [failed()], 'reload-checkpoint': [failed(), failed()] },
  });
  expect(result).toMatchObject({ ok: false, failure: { kind: 'server-error' } });
  expect(deeds).toEqual(['unload-checkpoint', ...Array(3).fill('reload-checkpoint')]);
});
