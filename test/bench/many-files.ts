import { linkSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench } from './bench.ts';
import { generating, hasFrame, openScreen, pause } from './sdloop-screen.ts';
import { quantile } from './statistics.ts';

/** Of one pixel: complete, and quick to make a hundred thousand of. */
const smallestPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/** Below the 65,000 hard links that ext4 gives a file. */
const linksPerFile = 50_000;

const generationMs = 1000;

/** Fewer than the files of the smaller directory by then. */
const rowsPerTurn = 35;

type Figures = {
  readonly firstFrameMs: number;
  readonly generatingMs: number;
  readonly newFileMs: number[];
  readonly keyMs: number[];
};

export const manyFiles: Bench = {
  name: 'many-files',
  about: 'A full output directory beside an almost empty one: first frame, a new file, a key.',
  async run(pace) {
    const counts = pace === 'quick' ? [10, 2000] : [10, 100_000];
    const repeatCount = 30;
    const results: { count: number; figures: Figures }[] = [];
    for (const count of counts) results.push({ count, figures: await measure(count, repeatCount) });
    return {
      header: [
        'files',
        'first frame ms',
        'generating ms',
        'new file p50 ms',
        'p95 ms',
        'key p50 ms',
        'p95 ms',
      ],
      rows: results.map(({ count, figures }) => [
        String(count),
        figures.firstFrameMs.toFixed(0),
        figures.generatingMs.toFixed(0),
        ...[figures.newFileMs, figures.keyMs].flatMap((times) => [
          quantile(times, 0.5).toFixed(0),
          quantile(times, 0.95).toFixed(0),
        ]),
      ]),
      notes: [
        'From the start of a first run, with nothing compiled before: to the first frame, and to one that says it is generating.',
        'New file: from its renaming to its name on the screen. Key: from an arrow key to the next frame.',
      ],
    };
  },
};

async function measure(fileCount: number, repeatCount: number): Promise<Figures> {
  using data = makeTempDirectory();
  await using webUi = await startWebUiProcess({ dataDirectory: data.path, durationMs: generationMs });
  const today = join(webUi.imageDirectory, localDate());
  fill(today, fileCount);
  const startedAt = performance.now();
  await using terminal = await openScreen(webUi);
  await terminal.waitFor(hasFrame);
  const firstFrameMs = performance.now() - startedAt;
  await generating(terminal);
  const generatingMs = performance.now() - startedAt;
  await pause(terminal, 20 * generationMs);
  const newFileMs: number[] = [];
  const keyMs: number[] = [];
  for (let index = 0; index < repeatCount; index++) {
    newFileMs.push(await timeOfNewFile(terminal, today, `9${String(index).padStart(5, '0')}-777.png`));
  }
  // Down past the edge of the screen, where the list begins to scroll, and up again; never to an end, where a key changes nothing.
  for (let turn = 0; turn < 2; turn++) {
    for (let step = 0; step < rowsPerTurn; step++) keyMs.push(await timeOfKey(terminal, 'down'));
    for (let step = 1; step < rowsPerTurn; step++) keyMs.push(await timeOfKey(terminal, 'up'));
  }
  return { firstFrameMs, generatingMs, newFileMs, keyMs };
}

async function timeOfNewFile(terminal: Terminal, directory: string, name: string): Promise<number> {
  const aside = join(directory, `${name}.tmp`);
  writeFileSync(aside, smallestPng);
  const startedAt = performance.now();
  renameSync(aside, join(directory, name));
  await terminal.waitFor(name);
  return performance.now() - startedAt;
}

/** A paused screen is silent, so the next bytes are the key's doing. */
async function timeOfKey(terminal: Terminal, key: 'down' | 'up'): Promise<number> {
  const before = terminal.byteCount;
  const startedAt = performance.now();
  await terminal.press(key);
  await terminal.waitFor((seen) => seen.byteCount > before);
  return performance.now() - startedAt;
}

function fill(directory: string, fileCount: number): void {
  mkdirSync(directory, { recursive: true });
  let original = '';
  for (let index = 0; index < fileCount; index++) {
    const path = join(directory, `${String(index).padStart(5, '0')}-${1_000_000 + index}.png`);
    if (index % linksPerFile === 0) {
      original = path;
      writeFileSync(path, smallestPng);
    } else {
      linkSync(original, path);
    }
  }
}

/** As the WebUI names its dated directories: YYYY-MM-DD in local time. */
function localDate(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
