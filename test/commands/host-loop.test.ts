import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { hostLoop, type LoopHost } from '../../source/commands/host-loop.ts';
import { type BuiltInWebUi, startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import { usualPolicy } from '../../source/engine/loop-policy.ts';
import type { LoopMemory } from '../../source/ledger/ledger.ts';
import { openLedger } from '../../source/ledger/open-ledger.ts';
import { startPosition } from '../../source/plan/next-generation.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { ask } from '../ledger/ledger-in-test.ts';
import { generationOf, started } from '../ledger/notices-in-test.ts';
import { examplePlan } from '../runner/loop-in-test.ts';

let directory: string;
let webUi: BuiltInWebUi;
let told: string[];

beforeEach(async () => {
  directory = tempDirectoryInTest();
  told = [];
  webUi = await startBuiltInWebUi({ dataDirectory: join(directory, 'webui'), durationMs: 60, loadMs: 0 });
  onTestFinished(() => webUi.close());
});

/** What a runner that died left: a run without its end, 20 images on. */
function leaveCutOff(url: string, intention: LoopMemory['intention']): void {
  const ledger = openLedger({ directory: join(directory, 'state') });
  ledger.beginRun({ at: 1, url, isContinued: false });
  const position = { ...startPosition(examplePlan), nextGenerationId: 11, plannedImageCount: 20 };
  const memory: LoopMemory = { plan: examplePlan, position, intention, ended: null };
  ledger.record({ at: 2, notices: [], memory, saving: 'server' });
  ledger.close();
}

async function host({
  resumesAfterCrash = true,
  plan = examplePlan,
}: {
  resumesAfterCrash?: boolean;
  plan?: Plan | null;
} = {}): Promise<LoopHost> {
  const hosting = await hostLoop({
    isFollowed: false,
    place: {
      profile: 'default',
      version: '0.1.0',
      stateDirectory: join(directory, 'state'),
      find: () => null,
    },
    environment: { HOME: directory, XDG_RUNTIME_DIR: join(directory, 'run') },
    start: {
      address: { url: webUi.url, auth: null },
      saving: { choice: 'auto', outputDirectory: null },
      workingDirectory: directory,
      isDemo: false,
      demoFamily: null,
      plan,
      minFreeBytes: 0,
      policy: usualPolicy,
      resumesAfterCrash,
      restart: { command: null, patienceMs: 1, whenRamShare: null },
    },
    onNotice: () => {},
    tell: (words) => told.push(words),
  });
  if (!hosting.ok) throw new Error(hosting.reason);
  onTestFinished(() => hosting.host.close('The test has ended.'));
  return hosting.host;
}

/** The number of the first generation that is seen running. */
async function firstGeneration({ connection }: LoopHost): Promise<number> {
  await waitFor(() => connection.getSnapshot().running !== null);
  return connection.getSnapshot().running?.generation.id ?? 0;
}

async function stateOnceConnected({ connection }: LoopHost): Promise<string> {
  await waitFor(() => connection.getSnapshot().webUi !== null);
  return connection.getSnapshot().status.kind;
}

test('a ledger that was set aside is told where nobody looks at a screen', async () => {
  mkdirSync(join(directory, 'state'));
  writeFileSync(
    join(directory, 'state', 'ledger.sqlite'),
    'no database, and long enough to be looked at'.repeat(40),
  );
  await host();
  expect(told).toContainEqual(expect.stringMatching(/damaged.*It was set aside as ledger\.broken-/));
});

describe('the plan of a loop that was cut off, given again', () => {
  test('goes on where it was', async () => {
    leaveCutOff(webUi.url, 'run');
    expect(await firstGeneration(await host())).toBeGreaterThanOrEqual(11);
  });

  test('begins anew on another WebUI, which has none of it', async () => {
    leaveCutOff('http://127.0.0.1:9', 'run');
    expect(await firstGeneration(await host())).toBeLessThan(11);
  });

  test('goes on where it was being stopped: whoever gives it wants it', async () => {
    leaveCutOff(webUi.url, 'stop');
    expect(await firstGeneration(await host())).toBeGreaterThanOrEqual(11);
  });

  test('stays paused where it was paused, until somebody resumes it', async () => {
    leaveCutOff(webUi.url, 'pause');
    const again = await host();
    expect(await stateOnceConnected(again)).toBe('paused');
    again.connection.send({ type: 'resume' });
    expect(await firstGeneration(again)).toBeGreaterThanOrEqual(11);
  });

  test('comes back paused where it is not to go on by itself', async () => {
    leaveCutOff(webUi.url, 'run');
    expect(await stateOnceConnected(await host({ resumesAfterCrash: false }))).toBe('paused');
  });
});

test('of a loop that was ended with something in flight only that is looked for, and nobody sees its plan', async () => {
  const generation = generationOf(3);
  const ledger = openLedger({ directory: join(directory, 'state') });
  ledger.beginRun({ at: 1, url: webUi.url, isContinued: false });
  const position = { ...startPosition(examplePlan), nextGenerationId: 4 };
  const memory: LoopMemory = { plan: examplePlan, position, intention: 'stop', ended: 'asked' };
  ledger.record({ at: 2, notices: [started(generation)], memory, saving: 'server' });
  ledger.close();
  const { connection } = await host({ plan: null });
  const outcomes = () =>
    ask(join(directory, 'state'), 'SELECT number, outcome FROM generations').map((row) => ({ ...row }));
  await waitFor(() => outcomes()[0]?.outcome !== null);
  expect(outcomes()).toEqual([{ number: 3, outcome: 'abandoned' }]);
  expect(connection.getSnapshot()).toMatchObject({ plan: null, status: { kind: 'idle' } });
  expect(connection.getSnapshot().messages.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/last loop was ended.*before its WebUI answered\. 1 generation in flight/),
  );
  expect(webUi.stats().requests).toEqual([]);
});
