import { setTimeout as delay } from 'node:timers/promises';
import { clearFaults, giveFault, readServed, type ServedRequest } from './demo-control.ts';
import type { NightFault } from './night-faults.ts';
import type { NightWorld } from './night-world.ts';

/** When something was so, ms since epoch. */
export type Span = { readonly from: number; readonly to: number };

export type Night = {
  /** What each of its WebUI's lives was asked. */
  readonly requests: readonly ServedRequest[];
  /** When each of the faults that last was there, by name. */
  readonly spans: ReadonlyMap<string, Span>;
  /** How long each start of a killed WebUI took, ms, where the world starts it at once. */
  readonly bootsMs: readonly number[];
};

/** Starts the loop and lives through a night so long, ms, with the faults given in order of time. */
export async function liveThrough(
  world: NightWorld,
  nightMs: number,
  faults: readonly NightFault[],
): Promise<Night> {
  const startedAt = now();
  const until = (share: number) => delay(Math.max(0, startedAt + share * nightMs - now()));
  const requests: ServedRequest[] = [];
  const spans = new Map<string, Span>();
  const bootsMs: number[] = [];
  await world.start();
  for (const fault of faults) {
    await until(fault.at);
    const from = now();
    switch (fault.kind) {
      case 'kill-loop':
        await world.killLoop();
        break;
      case 'kill-webui':
        requests.push(...(await readServed(world.url)));
        await world.killWebUi();
        bootsMs.push(now() - from);
        break;
      case 'faults': {
        for (const each of fault.faults) await giveFault(world.url, each);
        if (fault.until === null) break;
        await until(fault.until);
        await clearFaults(world.url);
        spans.set(fault.name, { from, to: now() });
        if (fault.needsPerson) await world.resume();
        break;
      }
    }
  }
  await until(1);
  requests.push(...(await readServed(world.url)));
  return { requests, spans, bootsMs };
}

/** On the clock of `Statistics` in the built-in WebUI. */
function now(): number {
  return performance.timeOrigin + performance.now();
}
