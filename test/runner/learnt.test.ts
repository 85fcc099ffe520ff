import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import type { Notice } from '../../source/engine/notice.ts';
import { openLedger } from '../../source/ledger/open-ledger.ts';
import { startRunner } from '../../source/runner/runner.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { examplePlan, readFault } from './loop-in-test.ts';

test('a runner that follows one that died asks for no more than the memory was found to hold', async () => {
  const directory = tempDirectoryInTest();
  const webUi = await startBuiltInWebUi({
    dataDirectory: join(directory, 'webui'),
    durationMs: 60,
    loadMs: 0,
    seed: 1,
    faults: [readFault('out-of-memory@1x*:1')],
  });
  onTestFinished(() => webUi.close());

  function startOne() {
    const ledger = openLedger({ directory });
    const notices: Notice[] = [];
    const loop = startRunner({
      address: { url: webUi.url, auth: null },
      createClient: createWebUiClient,
      saving: { choice: 'auto', workingDirectory: directory, outputDirectory: null },
      isDemo: true,
      ledger,
      minFreeBytes: 0,
      resumesAfterCrash: true,
      isFollowed: false,
      restarter: null,
      onNotice: (notice) => notices.push(notice),
    });
    const runner = loop.open('screen');
    runner.subscribe(() => undefined);
    /** As when its process is killed: the run is not ended. */
    const die = async () => {
      await loop.close();
      ledger.close();
    };
    const failures = () =>
      notices.flatMap((notice) => (notice.type === 'failure' ? [notice.failure.kind] : []));
    const imageCount = () => notices.filter(({ type }) => type === 'image').length;
    return { runner, failures, imageCount, die };
  }

  const first = startOne();
  first.runner.send({ type: 'start', plan: { ...examplePlan, goal: { kind: 'images', count: 40 } } });
  await waitFor(() => first.imageCount() > 0, { timeoutMs: 20_000 });
  expect(first.failures()).toEqual(['out-of-memory', 'out-of-memory']);
  await first.die();

  const second = startOne();
  onTestFinished(second.die);
  const adaptation = await waitFor(() => second.runner.getSnapshot().adaptation);
  expect(adaptation).toMatchObject({ asked: { batchSize: 2 }, made: { batchSize: 1, batchCount: 2 } });
  await waitFor(() => second.imageCount() > 6, { timeoutMs: 20_000 });
  expect(second.failures()).toEqual([]);
});
