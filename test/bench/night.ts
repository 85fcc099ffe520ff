import { cpus } from 'node:os';
import type { Bench } from './bench.ts';
import { liveThrough, type Night } from './live-through.ts';
import { startNightClock } from './night-clock.ts';
import { nightFaults, nightMinutes } from './night-faults.ts';
import { openPlainNight } from './night-plain-world.ts';
import { measureRests, measureTaken, takenMsOf } from './night-score.ts';
import { openSdloopNight } from './night-sdloop-world.ts';
import { nightBatchSize, nightDurationMs } from './night-webui.ts';
import type { Harvest, NightWorld } from './night-world.ts';

/** So many times as fast is the clock of all processes of the night: 8 h in 6 minutes. */
const factor = 80;

/** The quick night ends after the hang. */
const quickMinutes = 100;

type Lived = { readonly night: Night; readonly harvest: Harvest };

export const night: Bench = {
  name: 'night',
  about:
    'A night of 8 hours on a clock that runs 80 times as fast for sdloop, for the WebUIs and for the plain loops: 6 minutes. Batches of 4 images take 54 to 66 s of the night, smaller ones less, and the WebUI saves them itself. All loops at the same time, each with a WebUI of its own.',
  async run(pace) {
    const minutes = pace === 'quick' ? quickMinutes : nightMinutes;
    const faults = nightFaults.filter(({ at }) => at < minutes);
    const clock = startNightClock(factor);
    await using calm = await openSdloopNight(clock);
    await using sdloop = await openSdloopNight(clock);
    await using plain = await openPlainNight(clock, { isRetrying: false, isWatched: false });
    await using retrying = await openPlainNight(clock, { isRetrying: true, isWatched: false });
    await using watched = await openPlainNight(clock, { isRetrying: true, isWatched: true });
    const live = async (world: NightWorld, itsFaults: typeof nightFaults): Promise<Lived> => {
      const lived = await liveThrough(world, clock, { minutes, faults: itsFaults });
      return { night: lived, harvest: await world.end(lived.to) };
    };
    const busyShare = watchProcessors();
    const [undisturbed, ours, bare, retry, watchedToo] = await Promise.all([
      live(calm, []),
      live(sdloop, faults),
      live(plain, faults),
      live(retrying, faults),
      live(watched, faults),
    ]);
    const busy = busyShare();
    // For whoever watches; it is no figure.
    console.error(await sdloop.report());
    const all = undisturbed.harvest.imageCount;
    const nightMs = minutes * 60_000;
    const most = (nightMs / ((nightDurationMs[0] + nightDurationMs[1]) / 2)) * nightBatchSize;
    const taken = measureTaken(ours.night, faults, watchedToo.night.bootsMs);
    const takenMs = takenMsOf(taken);
    const possible = all * (1 - takenMs / nightMs);
    const rests = measureRests(ours.night, faults);
    const row = (name: string, { harvest }: Lived, ofPossible: string) => {
      const { imageCount, doubledCount, wrongCount, lostCount } = harvest;
      const counts = [doubledCount, wrongCount, lostCount].map(String);
      return [name, String(imageCount), percent(imageCount / all), ofPossible, ...counts];
    };
    const share = ({ harvest }: Lived) => percent(harvest.imageCount / possible);
    return {
      header: ['loop', 'images', 'of undisturbed', 'of possible', 'doubled', 'wrong checkpoint', 'lost'],
      rows: [
        row('sdloop, undisturbed', undisturbed, ''),
        row('sdloop', ours, share(ours)),
        row('plain loop', bare, share(bare)),
        row('plain loop with retry', retry, share(retry)),
        row('the same, its WebUI started again at once', watchedToo, share(watchedToo)),
      ],
      notes: [
        `The clock runs ${factor} times as fast as the real one. Undisturbed is ${percent(all / most)} of ${most.toFixed(0)} images, what the WebUI makes if it never rests. The processors of this machine were busy for ${percent(busy)} of the time, with whatever else ran on it.`,
        `Possible is what an undisturbed run makes in the time that the faults leave, by the WebUI's own clock: of ${seconds(nightMs)} s they take ${seconds(takenMs)} s (closed ${seconds(taken.closedMs)}, starts of a WebUI ${seconds(taken.bootMs)}, work in vain ${seconds(taken.vainMs)}, drift ${seconds(taken.driftMs)}). What it takes to notice a fault, and to wait, is not in it.`,
        `The WebUI of sdloop rested, starts included: ${[...rests.byFault].map(([name, ms]) => `${name} ${seconds(ms)} s`).join(', ')}; between generations ${seconds(rests.betweenMs)} s in all.`,
        `In order, at minutes of the night: ${faults.map(({ name, at }) => `${name} ${at}`).join(', ')}. The plain loops try again after 5 s, and one that is killed is started again at once.`,
      ],
    };
  },
};

/** Begins to watch; tells which share of their time all processors were busy since then. */
function watchProcessors(): () => number {
  const read = () => {
    const times = cpus().map(({ times }) => times);
    const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
    return {
      idleMs,
      allMs: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0),
    };
  };
  const before = read();
  return () => {
    const after = read();
    return 1 - (after.idleMs - before.idleMs) / (after.allMs - before.allMs);
  };
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0);
}
