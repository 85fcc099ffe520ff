import { isAlive } from '../../source/commands/is-alive.ts';
import { joinRunner } from '../../source/connection/join-runner.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import type { Snapshot } from '../../source/presentation/snapshot.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { type CliResult, runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWebUiHere } from '../helpers/webui-here.ts';
import type { RunningWebUi, WebUiProcessOptions } from '../helpers/webui-process.ts';

/** A person at a shell, with a WebUI and a home of their own; runners of that home end with the test. */
export type Shell = {
  readonly home: string;
  readonly webUi: RunningWebUi;
  /** A command, performed in the process of the test. */
  sdloop(...args: string[]): Promise<CliResult>;
  /** The same as a process. */
  start(...args: string[]): Promise<CliResult>;
  /** `sdloop run --detach` with a checkpoint, a prompt and small images. */
  detach(...args: string[]): Promise<CliResult>;
  /** The same on another WebUI. */
  detachOn(url: string, ...args: string[]): Promise<CliResult>;
  /** The only object that a command prints with `--json`. */
  json(...args: string[]): Promise<Record<string, unknown>>;
  /** Waits until a runner tells so. */
  until(isSo: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Waits until the last runner is no more. */
  ended(): Promise<void>;
  /** 0 where there is none. */
  runnerPid(profile?: string): number;
};

export async function openShell(
  options: WebUiProcessOptions = {},
  ending: Ending = usualEnding,
): Promise<Shell> {
  const home = tempDirectoryInTest(ending);
  const webUi = await webUiInTest(options, ending);
  ending.onTestFinished(() => endRunnersOf(home));
  const sdloop = (...args: string[]) => performCli(args, { home });
  const start = (...args: string[]) => runCli(args, { home, cwd: home });
  const json = async (...args: string[]) => JSON.parse((await sdloop(...args, '--json')).stdout || '{}');
  return {
    home,
    webUi,
    sdloop,
    start,
    detach: (...args) => start('run', '--detach', '--url', webUi.url, ...plan, ...args),
    detachOn: (url, ...args) => start('run', '--detach', '--url', url, ...plan, ...args),
    json,
    until: (isSo) =>
      waitFor(
        async () => {
          const snapshot = await look(home);
          return snapshot !== null && isSo(snapshot) && snapshot;
        },
        { timeoutMs: 20_000, everyMs: 50 },
      ),
    async ended() {
      const pid = readRunnerPointer(runnerStateDirectory(home))?.pid;
      await waitFor(() => pid === undefined || !isAlive(pid), { timeoutMs: 25_000 });
    },
    runnerPid: (profile) => readRunnerPointer(runnerStateDirectory(home, profile))?.pid ?? 0,
  };
}

/** What the runner of the default profile tells; null while there is none. */
async function look(home: string): Promise<Snapshot | null> {
  const runner = readRunnerPointer(runnerStateDirectory(home));
  const joined = await joinRunner({
    role: 'command',
    version: runner?.version ?? '',
    find: () => runner,
    start: async () => ({ ok: false, reason: 'No loop is running.' }),
  });
  if (!joined.ok) return null;
  const snapshot = joined.connection.getSnapshot();
  joined.connection.close();
  return snapshot;
}

export const plan = [
  ...['--model', 'demo-landscape', '--prompt', 'a lighthouse', '--batch-size', '2', '--steps', '4'],
  ...['--width', '64', '--height', '64'],
];

/** A built-in WebUI, which ends with the running test. */
export async function webUiInTest(
  options: WebUiProcessOptions = {},
  { onTestFinished }: Ending = usualEnding,
): Promise<RunningWebUi> {
  const webUi = await startWebUiHere({ durationMs: 100, loadMs: 0, ...options });
  onTestFinished(async () => webUi[Symbol.asyncDispose]());
  return webUi;
}
