import { join } from 'node:path';
import type { RunnerConnection } from '../../source/connection/runner-connection.ts';
import type { Notice } from '../../source/engine/notice.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { createRestarter } from '../../source/runner/restarter.ts';
import { startRunner } from '../../source/runner/runner.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';
import { freePort } from '../helpers/free-port.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { examplePlan } from './loop-in-test.ts';
import { restartCommandInTest, webUiCommand } from './restart-in-test.ts';

export type RestartedLoop = {
  readonly directory: string;
  /** Of the WebUI, once the command has started it. */
  readonly url: string;
  readonly runner: RunnerConnection;
  readonly notices: readonly Notice[];
  /** Of all images that were told, sorted. */
  seeds(): number[];
  /** Generates so many images. */
  start(imageCount: number): void;
};

/** A loop that starts its WebUI by itself; both end with the test. */
export async function restartedLoop(
  {
    webUi = {},
    whenRamShare = 1,
    hangPatience = 1,
    graceMs = 300,
    openLedger = null as ((directory: string) => Ledger) | null,
  } = {},
  ending: Ending = usualEnding,
): Promise<RestartedLoop> {
  const directory = tempDirectoryInTest(ending);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const command = restartCommandInTest(
    directory,
    webUiCommand({ port, dataDirectory: join(directory, 'webui'), durationMs: 400, ...webUi }),
    {},
    ending,
  );
  const notices: Notice[] = [];
  const loop = startRunner({
    address: { url, auth: null },
    createClient: createWebUiClient,
    saving: { choice: 'auto', workingDirectory: directory, outputDirectory: null },
    isDemo: true,
    ledger: openLedger?.(directory) ?? null,
    resumesAfterCrash: true,
    minFreeBytes: 0,
    isFollowed: false,
    restarter: createRestarter(command, { patienceMs: 20_000, attemptEveryMs: 100 }),
    restartGraceMs: graceMs,
    restartWhenRamShare: whenRamShare,
    memoryIntervalMs: 100,
    hangPatience,
    onNotice: (notice) => notices.push(notice),
  });
  ending.onTestFinished(() => loop.close());
  const runner = loop.open('screen');
  runner.subscribe(() => undefined);
  return {
    directory,
    url,
    runner,
    notices,
    seeds: () =>
      notices
        .flatMap((notice) => (notice.type === 'image' ? [notice.image.seed] : []))
        .toSorted((a, b) => a - b),
    start: (count) =>
      runner.send({ type: 'start', plan: { ...examplePlan, goal: { kind: 'images', count } } }),
  };
}
