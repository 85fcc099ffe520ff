import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { cliPath, runCli } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench } from './bench.ts';
import { fillLedger } from './fill-ledger.ts';
import { hasFrame, size, startOnce } from './sdloop-screen.ts';
import { median, ratio } from './statistics.ts';
import { timeOf, timeOfProgram } from './time-of.ts';

export const firstFrame: Bench = {
  name: 'first-frame',
  about:
    'From the start of the process to its end, or to the first frame that has a header and a footer; warm. Joining: `sdloop` alone, a running loop whose ledger has 100,000 images, to the frame that has its files and totals.',
  async run(pace) {
    const runCount = pace === 'quick' ? 4 : 12;
    using home = makeTempDirectory();
    using joinedHome = makeTempDirectory();
    await using webUi = await startWebUiProcess({ durationMs: 2000 });
    await startOnce(webUi.url, home.path);
    await startOnce(webUi.url, joinedHome.path);
    fillLedger(runnerStateDirectory(joinedHome.path), webUi.url, pace === 'quick' ? 2000 : 100_000);
    const [model = ''] = await webUi.checkpoints();
    await runCli(
      [
        'run',
        '--detach',
        '--url',
        webUi.url,
        '--model',
        model,
        '--prompt',
        'a lighthouse',
        '--batch-size',
        '1',
      ],
      { home: joinedHome.path },
    );
    const node = (directory: string, ...args: string[]) => timeOfProgram(process.execPath, args, directory);
    try {
      const samples = await inTurns(runCount, {
        'node -e 0': () => node(home.path, '-e', '0'),
        'sdloop --version': () => node(home.path, cliPath, '--version'),
        'sdloop --help': () => node(home.path, cliPath, '--help'),
        'sdloop, first frame': () => timeToFrame(['--url', webUi.url], home.path, hasFrame),
        'sdloop, joining': () =>
          timeToFrame([], joinedHome.path, (seen) => hasFrame(seen) && seen.text().includes('.png')),
        'sdloop status': () => node(joinedHome.path, cliPath, 'status'),
      });
      const base = median(samples[0]?.times ?? []);
      return {
        header: ['command', 'median ms', 'fastest ms', 'beside node'],
        rows: samples.map(({ name, times }) => [
          name,
          median(times).toFixed(0),
          Math.min(...times).toFixed(0),
          ratio(median(times), base),
        ]),
        notes: [`${runCount} runs of each, in turns, after one that is not counted.`],
      };
    } finally {
      endRunnersOf(home.path);
      endRunnersOf(joinedHome.path);
    }
  },
};

/** Runs everything once uncounted, then in turns, so that a slow moment of the machine befalls all alike. */
async function inTurns(
  runCount: number,
  subjects: Readonly<Record<string, () => Promise<number>>>,
): Promise<{ name: string; times: number[] }[]> {
  const samples = Object.keys(subjects).map((name) => ({ name, times: [] as number[] }));
  for (let run = -1; run < runCount; run++) {
    for (const { name, times } of samples) {
      const time = (await subjects[name]?.()) ?? Number.NaN;
      if (run >= 0) times.push(time);
    }
  }
  return samples;
}

async function timeToFrame(args: readonly string[], home: string, isFrame: typeof hasFrame): Promise<number> {
  let close: () => PromiseLike<void> = async () => {};
  const time = await timeOf(async () => {
    const terminal = openTerminal({
      command: process.execPath,
      args: [cliPath, ...args],
      home,
      ...size,
    });
    close = () => terminal[Symbol.asyncDispose]();
    await terminal.waitFor(isFrame);
  });
  await close();
  return time;
}
