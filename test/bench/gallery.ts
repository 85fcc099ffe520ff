import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { openChooser } from '../../source/choosing/open-chooser.ts';
import { type ChoosingFilter, everyPresentImage } from '../../source/presentation/choosing.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import type { Bench } from './bench.ts';
import { fillLedger } from './fill-ledger.ts';
import { residentBytesOf } from './process-cost.ts';
import { size } from './sdloop-screen.ts';
import { median, quantile } from './statistics.ts';

const url = 'http://127.0.0.1:7860';

/** Below the 65,000 hard links that ext4 gives a file. */
const linksPerFile = 50_000;

const filters: Readonly<Record<string, Partial<ChoosingFilter>>> = {
  'no filter': {},
  'a word of the prompt': { prompt: 'lighthouse' },
  'a seed': { seed: 1_000_500 },
  'a part of the name': { name: '00050' },
  'a checkpoint': { model: 'landscape' },
  'four stars': { minStars: 4 },
};

export const gallery: Bench = {
  name: 'gallery',
  about:
    'The gallery over a ledger of 100,000 images of 480x264, half-blocks at 120x40, warm; and lists of a ledger of 1,000,000.',
  async run(pace) {
    const count = pace === 'quick' ? 2000 : 100_000;
    const large = pace === 'quick' ? 4000 : 1_000_000;
    using home = makeTempDirectory();
    using outputs = makeTempDirectory();
    const picture = await makePicture();
    fillLedger(runnerStateDirectory(home.path), url, count, (index, seed) =>
      placeFile(outputs.path, index, seed, picture),
    );
    const openings: Opening[] = [];
    for (let run = 0; run < (pace === 'quick' ? 3 : 9); run++)
      openings.push(await timeOpening(home.path, count));
    // The first one compiles, and fills the cache of pictures.
    const warm = openings.slice(1);
    const used = await use(home.path, count, pace === 'quick' ? 60 : 200);
    const listing = await timeLists(large);
    return {
      header: ['what', 'figure'],
      rows: [
        [
          'from the start of the process to the list, ms, median',
          median(warm.map(({ listMs }) => listMs)).toFixed(0),
        ],
        ['to all 15 pictures, ms, median', median(warm.map(({ picturesMs }) => picturesMs)).toFixed(0)],
        ['arrow key to frame, ms, p50', quantile(used.arrowMs, 0.5).toFixed(0)],
        ['arrow key to frame, ms, p95', quantile(used.arrowMs, 0.95).toFixed(0)],
        ['page key to the list, ms, p95', quantile(used.pageMs, 0.95).toFixed(0)],
        ['resident MB, first page', (used.firstBytes / 1e6).toFixed(0)],
        [`resident MB, ${used.pageMs.length} pages later`, (used.lastBytes / 1e6).toFixed(0)],
        ['bytes of a page of pictures', used.pageBytes.toFixed(0)],
        ...listing.map(({ name, ms }) => [
          `list of ${large.toLocaleString('en')} by ${name}, ms`,
          ms.toFixed(0),
        ]),
      ],
      notes: [
        'Bytes of a page: what the terminal is sent for a page that was not seen before, frame and pictures.',
      ],
    };
  },
};

/** Smooth from corner to corner with a little noise, so that each half-block differs from its neighbours. */
async function makePicture(): Promise<Buffer> {
  const [width, height] = [480, 264];
  const pixels = Buffer.alloc(width * height * 3);
  for (let index = 0; index < width * height; index++) {
    const [x, y] = [(index % width) / width, Math.floor(index / width) / height];
    const noise = (index * 7919) % 13;
    pixels.set([200 * x + noise, 230 * y + noise, 120 * (1 - x) + noise], index * 3);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

let original = '';

function placeFile(directory: string, index: number, seed: number, picture: Buffer): string {
  const path = join(
    directory,
    `day-${Math.floor(index / linksPerFile)}`,
    `${String(index).padStart(5, '0')}-${seed}.png`,
  );
  if (index % linksPerFile === 0) {
    mkdirSync(dirname(path), { recursive: true });
    original = path;
    writeFileSync(path, picture);
  } else linkSync(original, path);
  return path;
}

type Opening = { readonly listMs: number; readonly picturesMs: number };

const hasList = (count: number) => (terminal: Terminal) => digitsOf(terminal).includes(`${count} images`);

/** The screen without the separators of thousands. */
function digitsOf(terminal: Terminal): string {
  return terminal.text().replace(/(\d)[^\d\n-](?=\d{3}\b)/g, '$1');
}

/** Each of the fifteen tiles has half-blocks in it. */
function hasPictures(terminal: Terminal): boolean {
  const lines = terminal.screen().filter((line) => line.includes('▀'));
  return lines.length >= 15 && lines.every((line) => (line.match(/▀ {2}▀/g) ?? []).length === 4);
}

function open(home: string): Terminal {
  return openTerminal({ command: process.execPath, args: [cliPath, 'gallery'], home, ...size });
}

async function timeOpening(home: string, count: number): Promise<Opening> {
  const startedAt = performance.now();
  await using terminal = open(home);
  await terminal.waitFor(hasList(count));
  const listMs = performance.now() - startedAt;
  await terminal.waitFor(hasPictures, { timeoutMs: 20_000 });
  const picturesMs = performance.now() - startedAt;
  await terminal.waitFor(() => performance.now() - startedAt > 4000);
  await terminal.press('q');
  await terminal.exit;
  return { listMs, picturesMs };
}

async function use(home: string, count: number, pageCount: number) {
  await using terminal = open(home);
  await terminal.waitFor(hasList(count));
  await terminal.waitFor(hasPictures, { timeoutMs: 20_000 });
  const arrowMs: number[] = [];
  for (let step = 0; step < 40; step++) {
    arrowMs.push(
      await timeOf(terminal, step % 8 < 4 ? 'right' : 'left', (before) => terminal.text() !== before),
    );
  }
  const firstBytes = residentBytesOf(terminal.pid);
  const bytesBefore = terminal.byteCount;
  const pageMs: number[] = [];
  for (let page = 0; page < pageCount; page++) {
    const place = new RegExp(`${(page + 1) * 15 + 1}-${(page + 2) * 15} of`);
    pageMs.push(await timeOf(terminal, 'page-down', () => place.test(digitsOf(terminal))));
    await terminal.waitFor(hasPictures, { timeoutMs: 20_000 });
  }
  const pageBytes = (terminal.byteCount - bytesBefore) / pageCount;
  const lastBytes = residentBytesOf(terminal.pid);
  await terminal.press('q');
  await terminal.exit;
  return { arrowMs, pageMs, firstBytes, lastBytes, pageBytes };
}

async function timeOf(
  terminal: Terminal,
  key: 'right' | 'left' | 'page-down',
  isDone: (before: string) => boolean,
): Promise<number> {
  const before = terminal.text();
  const startedAt = performance.now();
  await terminal.press(key);
  await terminal.waitFor(() => isDone(before));
  return performance.now() - startedAt;
}

async function timeLists(count: number): Promise<{ name: string; ms: number }[]> {
  using state = makeTempDirectory();
  fillLedger(state.path, url, count);
  const opened = openChooser(state.path);
  if (!opened.ok) throw new Error(opened.reason);
  const { chooser } = opened;
  try {
    const times: { name: string; ms: number }[] = [];
    for (const [name, changes] of Object.entries(filters)) {
      const filter = { ...everyPresentImage, ...changes };
      const startedAt = performance.now();
      const listed = await chooser.list({ filter, sort: 'newest', firstIndex: 0, count: 15 });
      if (!listed.ok) throw new Error(listed.reason);
      times.push({ name, ms: performance.now() - startedAt });
    }
    return times;
  } finally {
    chooser.close();
  }
}
