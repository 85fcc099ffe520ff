import { existsSync, statSync, unlinkSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeEach, describe, expect, test } from 'vitest';
import { drawPicture } from '../../source/demo/picture/draw-picture.ts';
import { hashDistance, lookAtPicture, looksSame } from '../../source/gallery/look-at-picture.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest } from '../ledger/ledger-in-test.ts';
import { generationOf, record, start, started } from '../ledger/notices-in-test.ts';
import { done, listIn, namesIn, openChooserInTest } from './chooser-in-test.ts';

let state: string;
let outputs: string;
let ledger: Ledger;

beforeEach(async () => {
  const base = tempDirectoryInTest();
  state = join(base, 'state');
  outputs = join(base, 'outputs');
  await mkdir(outputs);
  ledger = beginLedgerInTest(state);
});

const landscape = (seed: number) =>
  drawPicture({ prompt: 'a lighthouse', seed, checkpoint: 'demo-landscape', width: 192, height: 128 });

/** An image in the ledger and on the disk, so many seconds after the start. */
async function put(name: string, seed: number, second: number, picture: Buffer): Promise<string> {
  const path = join(outputs, name);
  await writeFile(path, picture);
  const savedAt = start + second * 1000;
  utimesSync(path, savedAt / 1000, savedAt / 1000);
  const generation = { ...generationOf(second, { batchSize: 1 }), firstSeed: seed };
  const image = { seed, path, width: 192, height: 128, byteCount: statSync(path).size, savedAt };
  const notice = {
    type: 'image',
    at: savedAt,
    generation,
    checkpoint: 'demo',
    durationMs: 1,
    image,
  } as const;
  record(ledger, [started(generation), notice]);
  return path;
}

async function lookIn(chooser: ReturnType<typeof openChooserInTest>): Promise<number> {
  return done(await chooser.look(new AbortController().signal)).count;
}

const black = () =>
  sharp({ create: { width: 192, height: 128, channels: 3, background: '#000' } })
    .png()
    .toBuffer();

describe('looking at pictures', () => {
  test('flags black ones and later duplicates, and removes nothing', async () => {
    const picture = await landscape(1);
    const original = await put('a.png', 1, 1, picture);
    await put('b.png', 2, 2, await landscape(2));
    await put('c.png', 3, 3, await black());
    const again = await put('d.jpg', 4, 4, await sharp(picture).resize(150).jpeg({ quality: 70 }).toBuffer());
    const chooser = openChooserInTest(state);
    expect(await lookIn(chooser)).toBe(4);
    expect(await namesIn(chooser, { look: 'black' })).toEqual(['c.png']);
    expect((await listIn(chooser, { look: 'near-duplicate' })).images).toMatchObject([
      { path: again, look: { isBlack: false, nearDuplicateOf: original }, choice: { verdict: 'undecided' } },
    ]);
    expect(await chooser.choicesOf([original])).toMatchObject([{ look: { nearDuplicateOf: null } }]);
    expect([original, again].every((path) => existsSync(path))).toBe(true);
    expect(await namesIn(chooser)).toHaveLength(4);
  });

  test('looks at each once, also at what came since, whichever of two was first looked at', async () => {
    const picture = await landscape(1);
    const chooser = openChooserInTest(state);
    await put('later.png', 1, 10, picture);
    expect(await lookIn(chooser)).toBe(1);
    expect(await lookIn(chooser)).toBe(0);
    await put('earlier.jpg', 2, 5, await sharp(picture).jpeg().toBuffer());
    expect(await lookIn(chooser)).toBe(1);
    expect(await namesIn(chooser, { look: 'near-duplicate' })).toEqual(['later.png']);
  });

  test('ends when it is told to, and passes over what is gone or broken', async () => {
    await put('gone.png', 1, 1, await landscape(1));
    await writeFile(await put('broken.png', 2, 2, await landscape(2)), 'no picture');
    await put('good.png', 3, 3, await landscape(3));
    const chooser = openChooserInTest(state);
    const ending = new AbortController();
    const first = await chooser.look(ending.signal, () => ending.abort());
    expect(first).toEqual({ ok: true, count: 1 });
    unlinkSync(join(outputs, 'gone.png'));
    expect(await lookIn(chooser)).toBe(1);
    expect(await namesIn(chooser, { look: 'black' })).toEqual([]);
  });

  test('an original that was rejected is none any more', async () => {
    const picture = await landscape(1);
    const original = await put('a.png', 1, 1, picture);
    const copy = await put('b.jpg', 2, 2, await sharp(picture).jpeg().toBuffer());
    const chooser = openChooserInTest(state);
    await lookIn(chooser);
    done(await chooser.choose([original], { kind: 'reject' }));
    expect(await chooser.choicesOf([copy])).toMatchObject([{ look: { nearDuplicateOf: null } }]);
  });
});

test('the hash of a picture survives another format and size, and tells others apart', async () => {
  const paths: string[] = [];
  for (let seed = 0; seed < 12; seed++) {
    const picture = await landscape(seed * 7919);
    const path = join(outputs, `${seed}.png`);
    await writeFile(path, picture);
    await writeFile(
      join(outputs, `${seed}.webp`),
      await sharp(picture).resize(160).webp({ quality: 80 }).toBuffer(),
    );
    paths.push(path);
  }
  const hashes = await Promise.all(paths.map(async (path) => (await lookAtPicture(path))?.hash ?? 0n));
  const others = await Promise.all(
    paths.map(async (path) => (await lookAtPicture(path.replace('.png', '.webp')))?.hash ?? 0n),
  );
  for (const [index, hash] of hashes.entries()) {
    expect(hashDistance(hash, others[index] ?? 0n)).toBeLessThanOrEqual(4);
    expect(await looksSame(paths[index] ?? '', (paths[index] ?? '').replace('.png', '.webp'))).toBe(true);
    for (const other of hashes.slice(0, index)) expect(hashDistance(hash, other)).toBeGreaterThan(3);
  }
});
