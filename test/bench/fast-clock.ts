/**
 * Preloaded into a process (`nightEnvironment`): its clocks, its timers and the times of its files are those of a `NightClock`. The program
 * knows nothing of it.
 */

import fs, { type BigIntStats, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import timers from 'node:timers';
import promised from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { clockVariable, freeSpaceVariable, type NightClock, toNight, toReal } from './night-clock.ts';

const clock: NightClock = JSON.parse(process.env[clockVariable] ?? '');
const realMs = (nightMs: number | undefined) => toReal(clock, nightMs ?? 0);

const realOrigin = performance.timeOrigin;
const realSteady = performance.now.bind(performance);
const nightOrigin = toNight(clock, realOrigin);
const nightNow = () => toNight(clock, realOrigin + realSteady());

function setClocks(): void {
  Object.defineProperty(performance, 'timeOrigin', { value: nightOrigin });
  performance.now = () => nightNow() - nightOrigin;
  Date.now = () => Math.floor(nightNow());
  globalThis.Date = new Proxy(Date, {
    construct: (target, values, newTarget) =>
      Reflect.construct(target, values.length === 0 ? [Date.now()] : values, newTarget),
  });
}

function setTimers(): void {
  const { setTimeout: once, setInterval: often } = timers;
  const { setTimeout: after, setInterval: every } = promised;
  const { timeout } = AbortSignal;
  const fast = {
    setTimeout: (work: () => void, ms?: number, ...values: []) => once(work, realMs(ms), ...values),
    setInterval: (work: () => void, ms?: number, ...values: []) => often(work, realMs(ms), ...values),
  };
  const fastPromised: Pick<typeof promised, 'setTimeout' | 'setInterval'> = {
    setTimeout: (ms, value, options) => after(realMs(ms), value, options),
    setInterval: (ms, value, options) => every(realMs(ms), value, options),
  };
  Object.assign(fast.setTimeout, { [promisify.custom]: fastPromised.setTimeout });
  Object.assign(timers, fast);
  Object.assign(globalThis, fast);
  Object.assign(promised, fastPromised);
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, realMs(ms));
}

/** A server ends connections that rest by the timer of the socket, which is none of those. */
function setSocketTimers(): void {
  const { setTimeout: rest } = Socket.prototype;
  Socket.prototype.setTimeout = function (ms, work) {
    return rest.call(this, realMs(ms), work);
  };
}

/** The times in bigint are left alone: they tell whether something has changed, and are never laid beside the clock. */
function inNight<T extends Stats | BigIntStats | undefined>(stats: T): T {
  if (stats === undefined) return stats;
  for (const name of ['atimeMs', 'mtimeMs', 'ctimeMs', 'birthtimeMs'] as const) {
    const realMs = stats[name];
    if (typeof realMs === 'number') Object.assign(stats, { [name]: toNight(clock, realMs) });
  }
  return stats;
}

/** Of all ways to ask for them those that the program takes where it looks at the times. */
async function setFileTimes(): Promise<void> {
  const file = await fs.promises.open(fileURLToPath(import.meta.url));
  const ofHandle: FileHandle = Object.getPrototypeOf(file);
  await file.close();
  const { stat: statHandle } = ofHandle;
  const { stat, lstat } = fs.promises;
  const asked = async (...values: Parameters<typeof stat>) => inNight(await stat(...values));
  const askedLink = async (...values: Parameters<typeof lstat>) => inNight(await lstat(...values));
  async function askedHandle(this: FileHandle, ...values: Parameters<typeof statHandle>) {
    return inNight(await statHandle.apply(this, values));
  }
  Object.assign(fs.promises, { stat: asked, lstat: askedLink });
  Object.assign(ofHandle, { stat: askedHandle });
}

function setFreeSpace(path: string): void {
  const { statfs } = fs.promises;
  const told = async (...values: Parameters<typeof statfs>) => {
    const stats = await statfs(...values);
    const freeBytes = Number(fs.readFileSync(path, 'utf8'));
    return Object.assign(stats, { bavail: Math.floor(freeBytes / Number(stats.bsize)) });
  };
  Object.assign(fs.promises, { statfs: told });
}

setClocks();
// A person's command is over when it has done its work, and how long Node takes to start is real: it waits as long as ever.
const [, program = '', command] = process.argv;
if (!program.endsWith('/cli.js') || command === 'runner') {
  setTimers();
  setSocketTimers();
}
await setFileTimes();
const freeSpacePath = process.env[freeSpaceVariable];
if (freeSpacePath !== undefined) setFreeSpace(freeSpacePath);
// Those who import by name see it, too.
syncBuiltinESMExports();
