import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runCli, startProgram } from '../helpers/run-cli.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { type RunningWebUi, startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench } from './bench.ts';
import { gpuBusyShare } from './gpu-busy.ts';
import { hasProgram } from './has-program.ts';
import { plainLoop } from './plain-loop.ts';
import { openGeneratingScreen, pause, resume } from './sdloop-screen.ts';

const pythonLoop = resolve(import.meta.dirname, 'plain-loop.py');

/** As long as images of this size take on a fast GPU: where a gap between two requests is felt most. */
const durationMs = [600, 1400] as const;
const latencies = [0, 60];

type Loop = {
  readonly name: string;
  /** Enough for a steady figure; sdloop learns from its first generations, and one late request must not decide. */
  readonly generationCount: number;
  run(webUi: RunningWebUi, model: string, count: number): Promise<void>;
};

const loops: readonly Loop[] = [
  {
    name: 'plain loop, Node, kept alive',
    generationCount: 30,
    run: ({ url }, model, count) => plainLoop(url, model, count),
  },
  {
    name: 'plain loop, Python, requests.post',
    generationCount: 30,
    async run({ url }, model, count) {
      await using python = startProgram('python3', [pythonLoop, url, model, String(count)], {
        // A version manager's python3 finds its installation by the tester's home.
        env: { HOME: process.env.HOME ?? '' },
      });
      const { code, stderr } = await python.ended;
      if (code !== 0) throw new Error(stderr);
    },
  },
  {
    name: 'sdloop run',
    generationCount: 80,
    async run({ url }, model, count) {
      const options = ['--batch-size', '1', '--count', String(count)];
      const prompt = 'a lighthouse at dusk';
      const { code, stderr } = await runCli([
        'run',
        '--json',
        '--url',
        url,
        '--model',
        model,
        '--prompt',
        prompt,
        ...options,
      ]);
      if (code !== 0) throw new Error(stderr);
    },
  },
];

export const gpuIdle: Bench = {
  name: 'gpu-idle',
  about: "The share of time that the GPU works, by the server's own clock, with generations of 0.6 to 1.4 s.",
  async run(pace) {
    const pauseCount = pace === 'quick' ? 2 : 8;
    const present = loops.filter(({ name }) => !name.includes('Python') || hasProgram('python3'));
    const rows: string[][] = [];
    for (const loop of present) {
      const count = pace === 'quick' ? 6 : loop.generationCount;
      const cells = latencies.map((latencyMs) => busyCell(loop, latencyMs, count));
      rows.push([`${loop.name}, ${count} generations`, ...(await Promise.all(cells))]);
    }
    const pauses = await Promise.all(
      latencies.map((latencyMs) => generationsAfterPause(latencyMs, pauseCount)),
    );
    rows.push(['sdloop, generations begun after a pause', ...pauses.map((counts) => counts.join(' '))]);
    return {
      header: ['loop', ...latencies.map((latencyMs) => `${latencyMs} ms round trip added`)],
      rows,
      notes: [`Both latencies at the same time. The last line: one figure for each of ${pauseCount} pauses.`],
    };
  },
};

async function busyCell(loop: Loop, latencyMs: number, count: number): Promise<string> {
  await using webUi = await startWebUiProcess({ durationMs, latencyMs, loadMs: 0, seed: 1 });
  const [model = ''] = await webUi.checkpoints();
  try {
    await loop.run(webUi, model, count);
  } catch (error) {
    return `failed: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : error}`;
  }
  return `${(gpuBusyShare(await webUi.requests()) * 100).toFixed(2)} %`;
}

/** How many generations the server began after the key for a pause went down, the one that ran already not among them. */
async function generationsAfterPause(latencyMs: number, pauseCount: number): Promise<number[]> {
  await using webUi = await startWebUiProcess({ durationMs, latencyMs, loadMs: 0, seed: 1 });
  await using terminal = await openGeneratingScreen(webUi, ['--batch-size', '1']);
  const counts: number[] = [];
  for (let index = 0; index < pauseCount; index++) {
    const before = await finishedCount(webUi);
    await waitFor(async () => (await finishedCount(webUi)) > before, { timeoutMs: 20 * durationMs[1] });
    // Spread over the course of a generation: the next one may or may not have been sent ahead.
    await delay((durationMs[0] * (index + 0.5)) / pauseCount);
    const pausedAt = performance.timeOrigin + performance.now();
    await pause(terminal, 20 * durationMs[1]);
    const requests = await webUi.requests();
    counts.push(requests.filter(({ startedAt }) => startedAt !== null && startedAt > pausedAt).length);
    await resume(terminal);
  }
  return counts;
}

async function finishedCount(webUi: RunningWebUi): Promise<number> {
  return (await webUi.requests()).filter(({ endedAt }) => endedAt !== null).length;
}
