import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import type { Generation } from '../../source/generation/generation.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { openLedger } from '../../source/ledger/open-ledger.ts';
import { openLedgerReader } from '../../source/ledger/open-ledger-reader.ts';
import type { ImageFilter } from '../../source/presentation/image-facts.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import {
  connected,
  finished,
  generationOf,
  images,
  record,
  start,
  started,
  wholeGeneration,
} from '../ledger/notices-in-test.ts';
import type { Bench } from './bench.ts';
import { quantile, ratio } from './statistics.ts';

const batchSize = 4;
const generationMs = 10_000;
const promptCount = 20_000;
const firstRows = 1000;
const fillAtOnce = 500;

const everything: ImageFilter = { since: null, model: null, seed: null, prompt: null };

export const ledgerWrites: Bench = {
  name: 'ledger-writes',
  about: 'The ledger with many images in it: writing as the loop does, and the first 1,000 rows of a list.',
  async run(pace) {
    const counts = pace === 'quick' ? [1000, 10_000] : [100_000, 1_000_000];
    using directory = makeTempDirectory();
    const flushMs = measureFlush(directory.path);
    const ledger = openLedger({ directory: directory.path });
    ledger.beginRun({ at: start, url: 'http://127.0.0.1:7860', isContinued: false });
    record(ledger, [connected()]);
    const results: Map<string, number>[] = [];
    let generationCount = 0;
    for (const count of counts) {
      generationCount = await fill(ledger, generationCount, count / batchSize);
      // What the filling left to the disk is not the loop's doing.
      execFileSync('sync');
      const writing = await measureWriting(ledger, generationCount, pace === 'quick' ? 100 : 2000);
      generationCount += writing.generationCount;
      results.push(new Map([...writing.figures, ...measureReading(directory.path, ledger, generationCount)]));
    }
    ledger.close();
    const [small, large] = results;
    return {
      header: ['', ...counts.map((count) => `${count.toLocaleString('en')} images`), 'ratio'],
      rows: [...(small?.keys() ?? [])].map((name) => {
        const [before = 0, now = 0] = [small?.get(name), large?.get(name)];
        return [name, before.toFixed(2), now.toFixed(2), ratio(now, before)];
      }),
      notes: [
        `A write that is flushed before it returns takes ${flushMs.toFixed(2)} ms here (median); no record waits for one.`,
        'A record is what one transition of the loop has to tell. Times are ms.',
      ],
    };
  },
};

/** Prompts come again, each a few times; one in a thousand is of a lighthouse. */
function benchGeneration(id: number): Generation {
  const index = id % promptCount;
  const subject = index % 1000 === 7 ? '一座灯塔 a lighthouse' : 'a city street';
  const prompt = `${subject}, number ${index}, masterpiece, best quality, extremely detailed, soft light, film grain`;
  const checkpoint = `model-${id % 5}.safetensors`;
  return { ...generationOf(id, { prompt, batchSize }), checkpoint, firstSeed: (id * 2_654_435_761) % 4e9 };
}

async function fill(ledger: Ledger, from: number, to: number): Promise<number> {
  for (let id = from; id < to; id += fillAtOnce) {
    const ids = Array.from({ length: Math.min(fillAtOnce, to - id) }, (_, index) => id + index + 1);
    record(
      ledger,
      ids.flatMap((each) => wholeGeneration(benchGeneration(each), placeOf(each))),
    );
    // The log is carried over in between, as in a loop.
    await after(20);
  }
  return to;
}

function placeOf(id: number) {
  const day = Math.floor((id * generationMs) / 86_400_000);
  return { at: id * generationMs, directory: `/outputs/txt2img-images/day-${day}` };
}

/** Records as a loop makes them, with the event loop at work in between. */
async function measureWriting(ledger: Ledger, from: number, count: number) {
  const times: number[] = [];
  const timed = (work: () => void) => {
    const startedAt = performance.now();
    work();
    times.push(performance.now() - startedAt);
  };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let id = from + 1; id <= from + count; id++) {
    const generation = benchGeneration(id);
    const place = placeOf(id);
    timed(() => record(ledger, [started(generation, place.at)]));
    await after(1);
    timed(() => record(ledger, [...images(generation, place), finished(generation, place.at)]));
    await after(1);
  }
  delay.disable();
  const figures = new Map([
    ['record p50', quantile(times, 0.5)],
    ['record p99', quantile(times, 0.99)],
    ['record longest', Math.max(...times)],
    ['event loop delay p99', delay.percentile(99) / 1e6],
    ['event loop delay longest', delay.max / 1e6],
  ]);
  return { generationCount: count, figures };
}

function measureReading(
  directory: string,
  ledger: Ledger,
  generationCount: number,
): [name: string, ms: number][] {
  const until = start + generationCount * generationMs;
  const reading = openLedgerReader(directory);
  if (!reading.ok) throw new Error(reading.trouble.message);
  const { reader } = reading;
  const firstOf = (filter: Partial<ImageFilter>) => {
    let count = 0;
    for (const _ of reader.listImages({ ...everything, ...filter })) if (++count === firstRows) break;
  };
  const rows: [string, () => unknown][] = [
    ['absence of 12 hours', () => ledger.absenceSince(until - 12 * 3_600_000, until)],
    ['absence of everything', () => ledger.absenceSince(start, until)],
    ['report of the run', () => reader.report(null)],
    ['report of 12 hours', () => reader.report(until - 12 * 3_600_000)],
    ['open', () => openLedgerReader(directory)],
    ['list', () => firstOf({})],
    ['list since a time', () => firstOf({ since: until - 3_600_000 * 24 })],
    ['list of a seed', () => firstOf({ seed: benchGeneration(100).firstSeed })],
    ['list of a model', () => firstOf({ model: 'MODEL-3' })],
    ['list of all models', () => firstOf({ model: 'safetensors' })],
    ['list of a rare prompt', () => firstOf({ prompt: 'lighthouse detailed' })],
    ['list of every prompt', () => firstOf({ prompt: 'masterpiece' })],
    ['list of two Chinese characters', () => firstOf({ prompt: '灯塔' })],
    ['list of no prompt', () => firstOf({ prompt: 'nowhere to be found' })],
    ['list of model and prompt', () => firstOf({ model: 'model-2', prompt: 'street' })],
  ];
  const figures = rows.map(([name, work]): [string, number] => [name, bestOf(work)]);
  reader.close();
  return figures;
}

/** Of three, without what the first one had to read from the disk. */
function bestOf(work: () => unknown): number {
  return Math.min(
    ...[0, 1, 2].map(() => {
      const startedAt = performance.now();
      work();
      return performance.now() - startedAt;
    }),
  );
}

function measureFlush(directory: string): number {
  const file = openSync(join(directory, 'flushed'), 'w');
  const page = Buffer.alloc(4096);
  const times = Array.from({ length: 20 }, () => {
    const startedAt = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return quantile(times, 0.5);
}
