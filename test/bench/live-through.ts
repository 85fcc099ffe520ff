import { setTimeout as delay } from 'node:timers/promises';
import { clearFaults, giveFault, readServed, type ServedRequest } from './demo-control.ts';
import { type NightClock, nightNow, toReal } from './night-clock.ts';
import type { NightFault } from './night-faults.ts';
import { nightDurationMs } from './night-webui.ts';
import { ampleByteCount, type NightWorld } from './night-world.ts';

/** When something was so, ms since epoch. */
export type Span = { readonly from: number; readonly to: number };

export type Night = Span & {
  /** What each of its WebUI's lives was asked. */
  readonly requests: readonly ServedRequest[];
  /** What came, in order, and how long it was there where it lasted. */
  readonly befallen: readonly (Span & { readonly name: string })[];
  /** What was worked on when the WebUI was killed or began to hang. */
  readonly cutOff: readonly Span[];
  /** How long each start of a killed WebUI took, ms, where the world starts it at once. */
  readonly bootsMs: readonly number[];
};

const minute = 60_000;

/** A generation that takes longer hangs, ms; no drift makes one so slow. */
const hangingAfterMs = 1.5 * nightDurationMs[1];

/** A WebUI that is not there cannot hang, ms. */
const hangPatienceMs = 5 * minute;

/** A WebUI that the loop starts again forgets what it was asked, ms. */
const readEveryMs = 3 * minute;

/** The programs need some of it to start, which is real time, ms. */
const startPatienceMs = 60 * minute;

/** The night begins with the first generation and lasts so many minutes of its clock, with the faults given in order of time. */
export async function liveThrough(
  world: NightWorld,
  clock: NightClock,
  { minutes, faults }: { readonly minutes: number; readonly faults: readonly NightFault[] },
): Promise<Night> {
  const now = () => nightNow(clock);
  const sleep = (ms: number) => delay(Math.max(0, toReal(clock, ms)));
  const served = new Map<number, ServedRequest>();
  const befallen: (Span & { name: string })[] = [];
  const cutOff: Span[] = [];
  const bootsMs: number[] = [];
  world.leaveFree(ampleByteCount);
  await world.start();
  for (
    const end = now() + startPatienceMs;
    running(await readServed(world.url)) === undefined;
    await sleep(5000)
  ) {
    if (now() > end) throw new Error(`Nothing is generated at ${world.url}.`);
  }
  const startedAt = now();

  async function until(at: number): Promise<void> {
    for (const end = startedAt + at * minute; now() < end; await readRunning())
      await sleep(Math.min(readEveryMs, end - now()));
  }
  /** Reads what it was asked until now, which ends with its life; what it works on, if anything. */
  async function readRunning(): Promise<ServedRequest | undefined> {
    const requests = await readServed(world.url);
    for (const request of requests) if (request.startedAt !== null) served.set(request.startedAt, request);
    return running(requests);
  }
  async function untilHung(): Promise<void> {
    for (const end = now() + hangPatienceMs; now() < end; await sleep(10_000)) {
      const from = (await readRunning())?.startedAt;
      if (!from || now() - from < hangingAfterMs) continue;
      const [shortest, longest] = nightDurationMs;
      cutOff.push({ from, to: from + (shortest + longest) / 4 });
      return;
    }
  }

  for (const fault of faults) {
    await until(fault.at);
    const from = now();
    switch (fault.kind) {
      case 'kill-loop':
        await world.killLoop();
        break;
      case 'kill-webui': {
        const cut = (await readRunning())?.startedAt;
        if (cut) cutOff.push({ from: cut, to: now() });
        await world.killWebUi();
        bootsMs.push(now() - from);
        break;
      }
      case 'hang': {
        await giveFault(world.url, fault.fault);
        await untilHung();
        const hungAt = now();
        await world.endHang();
        bootsMs.push(now() - hungAt);
        break;
      }
      case 'faults': {
        if (fault.isDiskFull) world.leaveFree(0);
        for (const each of fault.faults) await giveFault(world.url, each);
        if (fault.until === null) break;
        await until(fault.until);
        await clearFaults(world.url);
        if (fault.isDiskFull) world.leaveFree(ampleByteCount);
        break;
      }
    }
    befallen.push({ name: fault.name, from, to: now() });
    if (fault.kind === 'faults' && fault.needsPerson) await world.resume();
  }
  await until(minutes);
  const endedAt = now();
  await readRunning();
  return { from: startedAt, to: endedAt, requests: [...served.values()], befallen, cutOff, bootsMs };
}

function running(served: readonly ServedRequest[]): ServedRequest | undefined {
  return served.find(({ startedAt, endedAt }) => startedAt !== null && endedAt === null);
}
