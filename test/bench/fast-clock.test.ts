import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { nightEnvironment, nightNow, startNightClock, toNight, toReal } from './night-clock.ts';

const factor = 60;

/** What a program tells as JSON that lives by such a clock and imports by name, as the bundle does. */
async function toldBy(program: string): Promise<unknown> {
  const temporary = makeTempDirectory();
  onTestFinished(() => temporary[Symbol.dispose]());
  const path = join(temporary.path, 'program.mjs');
  const freeSpacePath = join(temporary.path, 'free');
  writeFileSync(freeSpacePath, '4096000');
  writeFileSync(
    path,
    `import { open, stat, statfs, writeFile } from 'node:fs/promises';
     import { setTimeout as later } from 'node:timers';
     import { setTimeout as after } from 'node:timers/promises';
     const real = () => Number(process.hrtime.bigint()) / 1e6;
     const path = ${JSON.stringify(join(temporary.path, 'file'))};
     ${program}`,
  );
  const clock = startNightClock(factor);
  const env = { ...cleanEnvironment(temporary.path), ...nightEnvironment(clock, freeSpacePath) };
  await using running = startProgram(process.execPath, [path], { env, home: temporary.path });
  running.closeInput();
  const { stdout, stderr } = await running.ended;
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

test('all timers and all clocks of a process are fast by the same factor', async () => {
  const told = (await toldBy(`
    const keptAlive = setInterval(() => {}, 1e6);
    const told = [];
    for (const wait of [
      () => after(30_000),
      () => new Promise((done) => later(done, 30_000)),
      () => new Promise((done) => setTimeout(done, 30_000)),
      () => new Promise((done) => AbortSignal.timeout(30_000).addEventListener('abort', done)),
    ]) {
      const before = [real(), performance.now(), Date.now(), new Date().getTime()];
      await wait();
      const since = [real(), performance.now(), Date.now(), new Date().getTime()];
      told.push(since.map((moment, index) => moment - before[index]));
    }
    clearInterval(keptAlive);
    console.log(JSON.stringify(told));
  `)) as [number, number, number, number][];
  expect(told).toHaveLength(4);
  for (const [realMs, ...nightMs] of told) {
    expect(realMs).toBeGreaterThan(490);
    // A machine with much to do comes late; no timer that is not fast would be there by then.
    expect(realMs).toBeLessThan(5000);
    for (const ms of nightMs) expect(Math.abs(ms - realMs * factor)).toBeLessThan(factor * 20);
  }
});

test('a file is as old as the fast clock says, and the disk has the space that it is told to have', async () => {
  const told = (await toldBy(`
    await after(120_000);
    const before = Date.now();
    await writeFile(path, 'x');
    const file = await open(path);
    const times = [(await stat(path)).mtimeMs, (await stat(path)).mtime.getTime(), (await file.stat()).mtimeMs];
    await file.close();
    const { bavail, bsize } = await statfs(path);
    console.log(JSON.stringify({ ages: times.map((at) => at - before), freeBytes: bavail * bsize }));
  `)) as { ages: number[]; freeBytes: number };
  // What file systems know of time is some ms coarse.
  for (const age of told.ages) expect(Math.abs(age)).toBeLessThan(factor * 500);
  expect(told.freeBytes).toBe(4_096_000);
});

test('it starts at ten in the evening and no timer of it is too short', () => {
  const clock = startNightClock(factor);
  const evening = new Date(toNight(clock, clock.realStart));
  expect([evening.getHours(), evening.getMinutes()]).toEqual([22, 0]);
  expect(toNight(clock, clock.realStart + 1000) - clock.nightStart).toBe(60_000);
  expect(toNight(clock, clock.realStart - 1000) - clock.nightStart).toBe(-1000);
  expect(nightNow(clock)).toBeGreaterThanOrEqual(clock.nightStart);
  expect(toReal(clock, 61)).toBe(2);
});
