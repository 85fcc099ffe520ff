import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { endProcessGroup } from '../../source/runner/process-group.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { audit } from '../chaos/audit.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { freePort } from '../helpers/free-port.ts';
import { runCli } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { type NightClock, nightEnvironment } from './night-clock.ts';
import { sortFiles } from './night-files.ts';
import { nightBatchSize, nightModel, nightRequest, nightWebUiCommand } from './night-webui.ts';
import type { NightWorld } from './night-world.ts';

export type SdloopNight = NightWorld & {
  /** What `sdloop report` says of it. */
  report(): Promise<string>;
};

/** The loop of sdloop in a runner that starts its WebUI itself, with a home of its own. */
export async function openSdloopNight(clock: NightClock): Promise<SdloopNight> {
  const temporary = makeTempDirectory();
  const home = temporary.path;
  const stateDirectory = runnerStateDirectory(home);
  const dataDirectory = join(home, 'webui');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const freeSpacePath = join(home, 'free-bytes');
  const env = nightEnvironment(clock, freeSpacePath);
  const webUi = nightWebUiCommand(port, dataDirectory).map((word) => `'${word}'`);

  async function sdloop(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(args, { home, cwd: home, env });
    if (code !== 0) throw new Error(`\`sdloop ${args[0]}\` ended with ${code}: ${stderr}`);
    return stdout;
  }
  async function start(): Promise<void> {
    await sdloop(
      ...['run', '--detach', '--url', url, '--save', 'server', '--min-free', '2GB'],
      ...['--model', nightModel, '--prompt', nightRequest.prompt, '--seed', '1000'],
      ...['--width', String(nightRequest.width), '--height', String(nightRequest.height)],
      ...['--batch-size', String(nightBatchSize), '--steps', String(nightRequest.steps)],
      // The built-in WebUI ends with its input.
      ...['--restart-command', `tail -f /dev/null | ${webUi.join(' ')}`],
    );
  }
  async function killWebUi(): Promise<void> {
    const started = findStartedWebUi(stateDirectory);
    if (started === null) return;
    process.kill(-started.pid, 'SIGKILL');
    await endProcessGroup(started, 0);
  }

  return {
    url,
    start,
    killWebUi,
    async killLoop() {
      const pid = readRunnerPointer(stateDirectory)?.pid;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await start();
    },
    // It sees that for itself.
    endHang: async () => undefined,
    leaveFree(byteCount) {
      writeFileSync(`${freeSpacePath}.new`, String(byteCount));
      renameSync(`${freeSpacePath}.new`, freeSpacePath);
    },
    resume: async () => void (await sdloop('resume')),
    report: () => sdloop('report'),
    async end(endedAt) {
      await sdloop('stop');
      const imageDirectory = join(dataDirectory, 'outputs/txt2img-images');
      const { lost, doubled } = audit(ledgerPath(stateDirectory), imageDirectory);
      const { wrong, timelyCount } = sortFiles(imageDirectory, clock, endedAt);
      const known = doubled.filter((words) => ![...wrong].some((file) => words.startsWith(file)));
      if (lost.length + known.length > 0) console.error([...lost, ...known].join('\n'));
      return {
        imageCount: timelyCount,
        doubledCount: known.length,
        wrongCount: wrong.size,
        lostCount: lost.length,
      };
    },
    async [Symbol.asyncDispose]() {
      endRunnersOf(home);
      await killWebUi();
      temporary[Symbol.dispose]();
    },
  };
}
