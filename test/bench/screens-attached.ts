import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type CliProcess, startProgram } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import type { Bench } from './bench.ts';
import { cpuMsOf, residentBytesOf } from './process-cost.ts';

const servingMain = resolve(import.meta.dirname, 'serving-main.ts');
const screenMain = resolve(import.meta.dirname, '../runner/screen-main.ts');

const screenCount = 20;

export const screensAttached: Bench = {
  name: 'screens-attached',
  about: `What a loop that changes five times a second spends on telling ${screenCount} screens of it, with a window of 100 files each.`,
  async run(pace) {
    const windowMs = pace === 'quick' ? 2000 : 30_000;
    using state = makeTempDirectory();
    await using serving = startProgram(process.execPath, [servingMain, state.path]);
    await serving.waitForLine((line) => line === 'serving');
    const rows = [await measure('nobody', serving, windowMs, 0)];
    {
      await using screens = await attach(state.path, screenCount);
      rows.push(await measure(`${screenCount} screens`, serving, windowMs, screenCount));
      await using frozen = await attach(state.path, 1);
      frozen.kill('SIGSTOP');
      rows.push(await measure(`${screenCount} screens, 1 stopped`, serving, windowMs, screenCount));
      screens.kill('SIGTERM');
    }
    return {
      header: ['attached', 'CPU of a core', 'bytes/s a screen', 'held for one, bytes', 'resident MB'],
      rows,
      notes: [],
    };
  },
};

async function attach(stateDirectory: string, count: number): Promise<CliProcess> {
  const screens = startProgram(process.execPath, [screenMain, stateDirectory, String(count)]);
  await screens.waitForLine((line) => line === 'joined');
  return screens;
}

async function measure(
  name: string,
  serving: CliProcess,
  windowMs: number,
  count: number,
): Promise<string[]> {
  await delay(1000);
  const startedAt = performance.now();
  const cpuBefore = cpuMsOf(serving.pid);
  const before = await ask(serving);
  await delay(windowMs);
  const elapsedMs = performance.now() - startedAt;
  const cpuShare = (cpuMsOf(serving.pid) - cpuBefore) / elapsedMs;
  const after = await ask(serving);
  const bytesPerSecond = (after.sentByteCount - before.sentByteCount) / (elapsedMs / 1000);
  return [
    name,
    `${(cpuShare * 100).toFixed(2)} %`,
    count === 0 ? bytesPerSecond.toFixed(0) : (bytesPerSecond / count).toFixed(0),
    String(after.heldByteCount),
    (residentBytesOf(serving.pid) / 1e6).toFixed(0),
  ];
}

async function ask(serving: CliProcess): Promise<{ sentByteCount: number; heldByteCount: number }> {
  const count = serving.lines().length;
  serving.write('\n');
  return JSON.parse(await serving.waitForLine((line) => serving.lines().indexOf(line, count) >= count));
}
