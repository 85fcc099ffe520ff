import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { runCli } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench } from './bench.ts';
import { openInstantWebUi } from './instant-webui.ts';
import { cpuMsOf, residentBytesOf } from './process-cost.ts';
import { quantile } from './statistics.ts';

type Sample = { readonly count: number; readonly bytes: number };

export const longRun: Bench = {
  name: 'long-run',
  about:
    'The runner alone, on a WebUI that answers at once: generations of one small image as fast as they go, saved by the client, with nobody looking on; then one a second.',
  async run(pace, options = {}) {
    const generationCount = options.rounds ?? (pace === 'quick' ? 1000 : 100_000);
    const calmMs = pace === 'quick' ? 10_000 : 60_000;
    using home = makeTempDirectory();
    await using builtIn = await startWebUiProcess({ durationMs: 10, loadMs: 0 });
    using webUi = await openInstantWebUi(builtIn.url);
    const stateDirectory = runnerStateDirectory(home.path);
    try {
      await start(webUi.url, home.path);
      const pid = readRunnerPointer(stateDirectory)?.pid ?? 0;
      const startedAt = performance.now();
      const samples: Sample[] = [];
      while (webUi.arrivals.size < generationCount) {
        samples.push({ count: webUi.arrivals.size, bytes: residentBytesOf(pid) });
        await delay(200);
      }
      const fastCount = webUi.arrivals.size;
      const rate = fastCount / ((performance.now() - startedAt) / 1000);
      webUi.take(1000);
      await delay(3000);
      const cpuBefore = cpuMsOf(pid);
      const countBefore = webUi.arrivals.size;
      await delay(calmMs);
      const cpuShare = (cpuMsOf(pid) - cpuBefore) / calmMs;
      const calmCount = webUi.arrivals.size - countBefore;
      await runCli(['stop'], { home: home.path });
      const trend = trendOf(samples);
      const waits = sendingWaits(ledgerPath(stateDirectory), webUi.arrivals);
      return {
        header: ['what', 'figure'],
        rows: [
          ['generations as fast as they go', String(fastCount)],
          ['generations/s', rate.toFixed(0)],
          ['resident MB, first quarter', megabytes(samples.slice(0, samples.length / 4))],
          ['resident MB, second quarter', megabytes(samples.slice(samples.length / 4, samples.length / 2))],
          ['resident MB, last quarter', megabytes(samples.slice((samples.length * 3) / 4))],
          ['slope over the second half, bytes a generation', trend.slope.toFixed(0)],
          ['rise over the second half, MB', (trend.rise / 1e6).toFixed(1)],
          ['scatter about that line, MB (standard deviation)', (trend.scatter / 1e6).toFixed(1)],
          ['generations in the calm window', `${calmCount} in ${calmMs / 1000} s`],
          ['CPU of a core at that rate', `${(cpuShare * 100).toFixed(2)} %`],
          ['from planned to arrived, ms, median', quantile(waits, 0.5).toFixed(0)],
          ['from planned to arrived, ms, p99', quantile(waits, 0.99).toFixed(0)],
        ],
        notes: ['From planned to arrived the generation is written into the ledger and its request travels.'],
      };
    } finally {
      endRunnersOf(home.path);
    }
  },
};

async function start(url: string, home: string): Promise<void> {
  const { code, stderr } = await runCli(
    [
      ...['run', '--detach', '--url', url, '--save', 'client', '--output-dir', join(home, 'out')],
      ...['--model', 'demo-landscape', '--prompt', 'a lighthouse at dusk', '--seed', '1'],
      ...['--width', '64', '--height', '64', '--batch-size', '1', '--steps', '4'],
    ],
    { home, cwd: home },
  );
  if (code !== 0) throw new Error(`The loop did not start: ${stderr}`);
}

/** How long each generation took from being planned to arriving at the WebUI, ms. */
function sendingWaits(path: string, arrivals: ReadonlyMap<number, number>): number[] {
  using database = new DatabaseSync(path, { readOnly: true });
  return database
    .prepare("SELECT json_extract(planned, '$.firstSeed') AS seed, planned_at FROM generations")
    .all()
    .flatMap(({ seed, planned_at }) => {
      const arrivedAt = arrivals.get(Number(seed));
      return arrivedAt === undefined ? [] : [arrivedAt - Number(planned_at)];
    });
}

function megabytes(samples: readonly Sample[]): string {
  return (
    quantile(
      samples.map(({ bytes }) => bytes),
      0.5,
    ) / 1e6
  ).toFixed(0);
}

/** Of the line that fits best (least squares), over the second half: before, the heap still finds its size. */
function trendOf(samples: readonly Sample[]): { slope: number; rise: number; scatter: number } {
  const half = samples.slice(samples.length / 2);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(half.map(({ count }) => count));
  const y = mean(half.map(({ bytes }) => bytes));
  const up = half.reduce((sum, { count, bytes }) => sum + (count - x) * (bytes - y), 0);
  const along = half.reduce((sum, { count }) => sum + (count - x) ** 2, 0);
  const slope = along === 0 ? 0 : up / along;
  const rise = slope * ((half.at(-1)?.count ?? 0) - (half[0]?.count ?? 0));
  const offLine = half.map(({ count, bytes }) => (bytes - y - slope * (count - x)) ** 2);
  return { slope, rise, scatter: Math.sqrt(mean(offLine)) };
}
