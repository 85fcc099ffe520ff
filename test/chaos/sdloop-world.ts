import { connect } from 'node:net';
import { join } from 'node:path';
import { protocolVersion } from '../../source/connection/protocol.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { runCli } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { audit } from './audit.ts';
import { countFinished } from './finished-count.ts';
import { startMortalWebUi } from './mortal-webui.ts';
import type { World } from './world.ts';

export type SdloopWorldOptions = {
  readonly saving: 'server' | 'client';
  /** As for `--seed`. */
  readonly seeds: string;
  /** How long a generation takes, between two bounds, ms. */
  readonly durationMs: readonly [number, number];
};

/** The loop of sdloop in a runner of its own, with a home of its own. */
export async function openSdloopWorld({ saving, seeds, durationMs }: SdloopWorldOptions): Promise<World> {
  const temporary = makeTempDirectory();
  const home = temporary.path;
  const outputDirectory = join(home, 'outputs');
  const stateDirectory = runnerStateDirectory(home);
  const webUi = await startMortalWebUi(join(home, 'webui'), durationMs);

  async function sdloop(...args: string[]): Promise<void> {
    const { code, stderr } = await runCli(args, { home, cwd: home });
    if (code !== 0) throw new Error(`\`sdloop ${args[0]}\` ended with ${code}: ${stderr}`);
  }

  return {
    startLoop: () =>
      sdloop(
        ...['run', '--detach', '--url', webUi.url, '--save', saving],
        ...(saving === 'client' ? ['--output-dir', outputDirectory] : []),
        ...['--model', 'demo-landscape', '--prompt', 'a lighthouse at dusk', '--seed', seeds],
        ...['--width', '64', '--height', '64', '--batch-size', '2', '--steps', '4'],
      ),
    killLoop: () => endRunnersOf(home),
    async killScreen() {
      const pointer = readRunnerPointer(stateDirectory);
      if (pointer !== null) await lookAndVanish(pointer.socketPath, pointer.version);
    },
    killWebUi: webUi.kill,
    startWebUi: webUi.start,
    cutNext: webUi.cutNext,
    clearFaults: webUi.clearFaults,
    finishedCount: () => countFinished(ledgerPath(stateDirectory)),
    async end() {
      await sdloop('stop');
      const directory = saving === 'client' ? join(outputDirectory, 'txt2img-images') : webUi.imageDirectory;
      return audit(ledgerPath(stateDirectory), directory);
    },
    async [Symbol.asyncDispose]() {
      endRunnersOf(home);
      await webUi.kill();
      temporary[Symbol.dispose]();
    },
  };
}

/** What a runner sees of a screen that is killed: it joins, is told, and its connection breaks. */
async function lookAndVanish(path: string, version: string): Promise<void> {
  const socket = connect(path);
  let isDone = false;
  const done = () => {
    isDone = true;
  };
  socket.on('data', done).on('error', done).on('close', done);
  socket.write(`${JSON.stringify({ type: 'hello', protocol: protocolVersion, version, role: 'screen' })}\n`);
  await waitFor(() => isDone);
  socket.destroy();
}
