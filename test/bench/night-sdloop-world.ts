import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { endProcessGroup } from '../../source/runner/process-group.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { audit } from '../chaos/audit.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { runCli } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { sortFiles } from './night-files.ts';
import { type NightWorld, nightBatchSize, nightDurationMs, nightModel } from './night-world.ts';

const webUiMain = resolve(import.meta.dirname, '../helpers/webui-process-main.ts');

export type SdloopNight = NightWorld & {
  /** What `sdloop report` says of it. */
  report(): Promise<string>;
};

/** The loop of sdloop in a runner that starts its WebUI itself, with a home of its own. */
export async function openSdloopNight(): Promise<SdloopNight> {
  const temporary = makeTempDirectory();
  const home = temporary.path;
  const stateDirectory = runnerStateDirectory(home);
  const dataDirectory = join(home, 'webui');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const webUi = JSON.stringify({ port, dataDirectory, durationMs: nightDurationMs, loadMs: 0 });

  async function sdloop(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(args, { home, cwd: home });
    if (code !== 0) throw new Error(`\`sdloop ${args[0]}\` ended with ${code}: ${stderr}`);
    return stdout;
  }
  async function start(): Promise<void> {
    await sdloop(
      ...['run', '--detach', '--url', url, '--save', 'server', '--min-free', '0'],
      ...['--model', nightModel, '--prompt', 'a lighthouse at dusk', '--seed', '1000'],
      ...['--width', '64', '--height', '64', '--batch-size', String(nightBatchSize), '--steps', '4'],
      // The built-in WebUI ends with its input.
      ...['--restart-command', `tail -f /dev/null | ${process.execPath} ${webUiMain} '${webUi}'`],
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
    resume: async () => void (await sdloop('resume')),
    report: () => sdloop('report'),
    async end() {
      await sdloop('stop');
      const imageDirectory = join(dataDirectory, 'outputs/txt2img-images');
      const { lost, doubled } = audit(ledgerPath(stateDirectory), imageDirectory);
      const { bySeed, wrong } = sortFiles(imageDirectory);
      const known = doubled.filter((words) => ![...wrong].some((file) => words.startsWith(file)));
      if (lost.length + known.length > 0) console.error([...lost, ...known].join('\n'));
      return {
        imageCount: bySeed.size,
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}
