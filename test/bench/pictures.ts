import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPicture } from '../../source/demo/picture/draw-picture.ts';
import { createPictureMaker } from '../../source/pictures/make-picture.ts';
import type { PictureProtocol } from '../../source/pictures/picture-protocol.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import type { Bench } from './bench.ts';
import { quantile } from './statistics.ts';

const protocols: readonly { name: string; protocol: PictureProtocol; isTmux: boolean }[] = [
  { name: 'kitty', protocol: 'kitty', isTmux: false },
  { name: 'kitty in tmux', protocol: 'kitty', isTmux: true },
  { name: 'sixel', protocol: 'sixel', isTmux: false },
  { name: 'iTerm2', protocol: 'iterm2', isTmux: false },
  { name: 'half-blocks', protocol: 'blocks', isTmux: false },
];

const areas = [
  { columns: 44, rows: 22 },
  { columns: 20, rows: 8 },
];

const sizes = [
  { width: 512, height: 768 },
  { width: 1024, height: 1024 },
];

export const pictures: Bench = {
  name: 'pictures',
  about:
    'A picture as bytes for the terminal: how many, and how long it takes from the file, for each protocol.',
  async run(pace) {
    using directory = makeTempDirectory();
    const repeatCount = pace === 'quick' ? 3 : 20;
    const rows: string[][] = [];
    for (const size of sizes) {
      const path = join(directory.path, `${size.width}x${size.height}.png`);
      writeFileSync(path, await grained(size.width, size.height));
      for (const area of areas) {
        for (const { name, protocol, isTmux } of protocols) {
          const terminal = { protocol, isTmux, cellWidth: 10, cellHeight: 20, hasTrueColor: true };
          const cacheDirectory = join(directory.path, `${name}-${area.columns}`);
          const uncached = createPictureMaker({ terminal, cacheDirectory: null });
          const firstMs = await timeOf(() => uncached.make(path, area));
          const nextMs: number[] = [];
          for (let repeat = 0; repeat < repeatCount; repeat++)
            nextMs.push(await timeOf(() => uncached.make(path, area)));
          const caching = createPictureMaker({ terminal, cacheDirectory });
          const picture = await caching.make(path, area);
          if ('reason' in picture) throw new Error(picture.reason);
          const cachedMs: number[] = [];
          for (let repeat = 0; repeat < repeatCount; repeat++)
            cachedMs.push(await timeOf(() => caching.make(path, area)));
          rows.push([
            `${name}, ${size.width}x${size.height} (${Math.round(readFileSync(path).length / 1000)} kB) in ${area.columns}x${area.rows}`,
            String(picture.byteCount),
            firstMs.toFixed(0),
            quantile(nextMs, 0.5).toFixed(0),
            quantile(nextMs, 0.95).toFixed(0),
            quantile(cachedMs, 0.5).toFixed(1),
          ]);
        }
      }
    }
    return {
      header: ['picture', 'bytes', 'first ms', 'p50 ms', 'p95 ms', 'from cache p50 ms'],
      rows,
      notes: [
        'Budget 20,000 bytes, cells of 10x20 pixels; a drawing with the grain of a photo over it, so that it compresses like one.',
        'First: the steps of the budget are still to be found; later pictures begin with those that fitted.',
      ],
    };
  },
};

/** Diffused pictures have no plain areas. */
async function grained(width: number, height: number): Promise<Buffer> {
  const drawing = await drawPicture({
    prompt: 'a lighthouse by the sea at dusk',
    seed: 7,
    checkpoint: 'demo-landscape',
    width,
    height,
  });
  const grain = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 24 },
    },
  })
    .png()
    .toBuffer();
  return sharp(drawing)
    .composite([{ input: grain, blend: 'soft-light' }])
    .png()
    .toBuffer();
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
