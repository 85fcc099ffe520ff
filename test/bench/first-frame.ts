import { cliPath } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { openTerminal } from '../helpers/terminal.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench } from './bench.ts';
import { hasFrame, size, startOnce } from './sdloop-screen.ts';
import { median, ratio } from './statistics.ts';
import { timeOf, timeOfProgram } from './time-of.ts';

export const firstFrame: Bench = {
  name: 'first-frame',
  about:
    'From the start of the process to its end, or to the first frame that has a header and a footer; warm.',
  async run(pace) {
    const runCount = pace === 'quick' ? 4 : 12;
    using home = makeTempDirectory();
    await using webUi = await startWebUiProcess();
    await startOnce(webUi.url, home.path);
    const node = (...args: string[]) => timeOfProgram(process.execPath, args, home.path);
    const samples = await inTurns(runCount, {
      'node -e 0': () => node('-e', '0'),
      'sdloop --version': () => node(cliPath, '--version'),
      'sdloop --help': () => node(cliPath, '--help'),
      'sdloop, first frame': () => timeToFirstFrame(webUi.url, home.path),
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

async function timeToFirstFrame(url: string, home: string): Promise<number> {
  let close: () => PromiseLike<void> = async () => {};
  const time = await timeOf(async () => {
    const terminal = openTerminal({
      command: process.execPath,
      args: [cliPath, '--url', url],
      home,
      ...size,
    });
    close = () => terminal[Symbol.asyncDispose]();
    await terminal.waitFor(hasFrame);
  });
  await close();
  return time;
}
