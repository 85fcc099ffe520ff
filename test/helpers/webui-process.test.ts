import { expect, onTestFinished, test } from 'vitest';
import { plainLoop } from '../bench/plain-loop.ts';
import { startWebUiProcess, type WebUiProcessOptions } from './webui-process.ts';

async function webUiInTest(options: WebUiProcessOptions) {
  const webUi = await startWebUiProcess(options);
  onTestFinished(async () => webUi[Symbol.asyncDispose]());
  return webUi;
}

test('serves, tells what it was asked, and fails on request', async () => {
  const webUi = await webUiInTest({ durationMs: 20, loadMs: 0 });
  const [model = ''] = await webUi.checkpoints();
  await plainLoop(webUi.url, model, 2);
  const requests = await webUi.requests();
  expect(requests).toHaveLength(2);
  expect(requests[1]?.startedAt).toBeGreaterThan(requests[0]?.endedAt ?? Number.POSITIVE_INFINITY);
  await webUi.addFault('500@+1');
  await expect(plainLoop(webUi.url, model, 1)).rejects.toThrow('500');
  await expect(webUi.addFault('nonsense')).rejects.toThrow('There is no fault');
});

test('is gone once it is disposed of', async () => {
  const webUi = await startWebUiProcess();
  await webUi[Symbol.asyncDispose]();
  await expect(fetch(webUi.url)).rejects.toThrow();
});
