import type { Bench } from './bench.ts';
import { liveThrough, type Night } from './live-through.ts';
import { nightFaults } from './night-faults.ts';
import { openPlainNight } from './night-plain-world.ts';
import { measureTaken, takenMsOf } from './night-score.ts';
import { openSdloopNight } from './night-sdloop-world.ts';
import type { Harvest, NightWorld } from './night-world.ts';

const realNightMs = 8 * 3_600_000;

/** The longest wait between two attempts (`failurePolicies`), ms: an outage that lasts grows into it, a compressed one does not. */
const longestWaitMs = 60_000;

type Lived = { readonly night: Night; readonly harvest: Harvest };

export const night: Bench = {
  name: 'night',
  about:
    'A night of 8 hours, its calm compressed to four and a half minutes: generations of 0.1 to 0.15 s, batches of 4, saved by the WebUI, which fails in many ways; the waits of sdloop are as long as ever. All loops at the same time, each with a WebUI of its own.',
  async run(pace) {
    const nightMs = pace === 'quick' ? 40_000 : 270_000;
    // Before each restart sdloop waits longer than the quick night has left.
    const faults = nightFaults.filter(({ kind }) => pace === 'full' || kind !== 'kill-webui');
    await using calm = await openSdloopNight();
    await using sdloop = await openSdloopNight();
    await using plain = await openPlainNight({ isRetrying: false, isWatched: false });
    await using retrying = await openPlainNight({ isRetrying: true, isWatched: false });
    await using watched = await openPlainNight({ isRetrying: true, isWatched: true });
    const [undisturbed, ours, bare, retry, watchedToo] = await Promise.all([
      live(calm, nightMs, []),
      live(sdloop, nightMs, faults),
      live(plain, nightMs, faults),
      live(retrying, nightMs, faults),
      live(watched, nightMs, faults),
    ]);
    // For whoever watches; it is no figure.
    console.error(await sdloop.report());
    const all = undisturbed.harvest.imageCount;
    const taken = measureTaken(ours.night, faults, watchedToo.night.bootsMs);
    const takenMs = takenMsOf(taken);
    const possible = all * (1 - takenMs / nightMs);
    const waitedMs = ({ imageCount }: Harvest) => ((possible - imageCount) / all) * nightMs;
    const ofRealNight = (ms: number) => percent(1 - ms / (realNightMs - takenMs));
    const closedCount = faults.filter((fault) => fault.kind === 'faults' && fault.isClosed).length;
    const row = (name: string, { harvest }: Lived, ofPossible: readonly string[]) => {
      const { imageCount, doubledCount, wrongCount, lostCount } = harvest;
      const counts = [doubledCount, wrongCount, lostCount].map(String);
      return [name, String(imageCount), percent(imageCount / all), ...ofPossible, ...counts];
    };
    const shares = ({ harvest }: Lived) => [
      percent(harvest.imageCount / possible),
      ofRealNight(waitedMs(harvest)),
    ];
    const oursWaitedMs = waitedMs(ours.harvest);
    return {
      header: [
        ...['loop', 'images', 'of undisturbed', 'of possible', 'of possible in 8 h'],
        ...['doubled', 'wrong checkpoint', 'lost'],
      ],
      rows: [
        row('sdloop, undisturbed', undisturbed, ['', '']),
        row('sdloop', ours, shares(ours)),
        // Without their WebUI these two make nothing more, however long the night is.
        row('plain loop', bare, [percent(bare.harvest.imageCount / possible), '']),
        row('plain loop with retry', retry, [percent(retry.harvest.imageCount / possible), '']),
        row('the same, its WebUI started again at once', watchedToo, shares(watchedToo)),
      ],
      notes: [
        `Compression: ${nightMs / 1000} s for 8 h, ${(realNightMs / nightMs).toFixed(0)} to 1. Possible is what an undisturbed run makes in the time that the faults leave, by the WebUI's own clock: they take ${seconds(takenMs)} s (closed ${seconds(taken.closedMs)}, starts ${seconds(taken.bootMs)}, work in vain ${seconds(taken.vainMs)}, drift ${seconds(taken.driftMs)}).`,
        `sdloop lost ${seconds(oursWaitedMs)} s of that to its waits, half a minute of them before each restart. They are not compressed: in a real night of 8 h with these faults it delivers ${ofRealNight(oursWaitedMs)} of what is possible, and ${ofRealNight(oursWaitedMs + closedCount * longestWaitMs)} where each of the ${closedCount} outages lasts so long that the longest wait of ${longestWaitMs / 1000} s follows it.`,
        `In order: ${faults.map(({ name, at }) => `${name} at ${percent(at, 0)}`).join(', ')}. A plain loop that is killed is started again at once.`,
        'Not in it: a hang, whose detection alone takes a minute of real time, and the floor of free space (`--min-free`), which needs a disk of its own.',
      ],
    };
  },
};

async function live(world: NightWorld, nightMs: number, faults: typeof nightFaults): Promise<Lived> {
  const lived = await liveThrough(world, nightMs, faults);
  return { night: lived, harvest: await world.end() };
}

function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
