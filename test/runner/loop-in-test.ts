import { join } from 'node:path';
import type { RunnerConnection } from '../../source/connection/runner-connection.ts';
import { type BuiltInWebUi, startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import type { DemoFamilyName } from '../../source/demo/family-names.ts';
import { type Fault, parseFault } from '../../source/demo/faults.ts';
import type { Notice } from '../../source/engine/notice.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import type { Plan } from '../../source/plan/plan.ts';
import type { SavingPreference } from '../../source/runner/choose-saving.ts';
import { startRunner } from '../../source/runner/runner.ts';
import type { Unneeded } from '../../source/runner/still-needed.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';

export const examplePlan: Plan = {
  checkpoint: 'demo-landscape',
  parameters: {
    ...defaultParameters,
    prompt: '海边的灯塔, dusk',
    width: 64,
    height: 64,
    batchSize: 2,
    steps: 8,
  },
  seed: { kind: 'counting', from: 1000 },
  goal: null,
};

export type LoopInTest = {
  readonly webUi: BuiltInWebUi;
  readonly runner: RunnerConnection;
  /** Opens the connection of another screen. */
  openScreen(): RunnerConnection;
  readonly notices: Notice[];
  /** Why the runner said that it is not needed any more. */
  readonly unneeded: readonly Unneeded[];
  readonly directory: string;
  of<T extends Notice['type']>(type: T): Extract<Notice, { type: T }>[];
  start(changes?: Partial<Plan>): void;
  /** Resolves once the condition holds; rejects with what the loop said last. */
  until(condition: () => boolean, timeoutMs?: number): Promise<void>;
};

/** A loop and a built-in WebUI of its own, both ended with the test. */
export async function loopInTest(
  options: {
    readonly family?: DemoFamilyName;
    readonly faults?: readonly string[];
    readonly saving?: SavingPreference['choice'];
    readonly durationMs?: number;
    /** One step of any generation, in place of the duration of a whole one. */
    readonly stepMs?: number;
    readonly auth?: string;
    readonly outputDirectory?: string;
    readonly ledger?: Ledger;
    readonly minFreeBytes?: number;
    readonly apiServerStop?: 'by-script' | 'by-hand';
    readonly hangPatience?: number;
    readonly restartWhenRamShare?: number;
    /** Stands between the loop and the WebUI. */
    readonly url?: (webUiUrl: string) => Promise<string>;
  } = {},
  ending: Ending = usualEnding,
): Promise<LoopInTest> {
  const { onTestFinished } = ending;
  const directory = tempDirectoryInTest(ending);
  const webUi = await startBuiltInWebUi({
    dataDirectory: join(directory, 'webui'),
    ...(options.stepMs === undefined ? { durationMs: options.durationMs ?? 60 } : { stepMs: options.stepMs }),
    loadMs: 0,
    seed: 1,
    family: options.family ?? 'a1111',
    faults: (options.faults ?? []).map(readFault),
    restartMs: 100,
    ...(options.apiServerStop === undefined ? {} : { apiServerStop: options.apiServerStop }),
    ...(options.auth === undefined ? {} : { auth: options.auth }),
  });
  onTestFinished(() => webUi.close());
  const notices: Notice[] = [];
  const unneeded: Unneeded[] = [];
  const choice = options.saving ?? 'auto';
  const isByClient = choice === 'client' || ['koboldcpp', 'sd-cpp'].includes(options.family ?? '');
  const loop = startRunner({
    address: { url: (await options.url?.(webUi.url)) ?? webUi.url, auth: options.auth ?? null },
    createClient: createWebUiClient,
    saving: {
      choice,
      workingDirectory: directory,
      outputDirectory: isByClient ? (options.outputDirectory ?? join(directory, 'here')) : null,
    },
    isDemo: true,
    ledger: options.ledger ?? null,
    minFreeBytes: options.minFreeBytes ?? 0,
    resumesAfterCrash: true,
    isFollowed: false,
    restarter: null,
    startPatience: { patienceMs: 10_000, attemptEveryMs: 100 },
    hangPatience: options.hangPatience ?? 1,
    restartWhenRamShare: options.restartWhenRamShare ?? null,
    memoryIntervalMs: 100,
    onNotice: (notice) => notices.push(notice),
    onUnneeded: (why) => unneeded.push(why),
  });
  onTestFinished(() => loop.close());
  const runner = loop.open('screen');
  // As a screen does: whoever listens is told of changes only.
  runner.subscribe(() => undefined);
  function of<T extends Notice['type']>(type: T) {
    return notices.filter((notice): notice is Extract<Notice, { type: T }> => notice.type === type);
  }
  return {
    webUi,
    runner,
    openScreen: () => loop.open('screen'),
    notices,
    unneeded,
    directory,
    of,
    start: (changes) => runner.send({ type: 'start', plan: { ...examplePlan, ...changes } }),
    until: async (condition, timeoutMs = 15_000) => {
      await waitFor(() => condition() || null, { timeoutMs }).catch((cause: unknown) => {
        throw new Error(`The loop never came to that: ${JSON.stringify(notices.slice(-8))}`, { cause });
      });
    },
  };
}

export function readFault(text: string): Fault {
  const reading = parseFault(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.fault;
}
