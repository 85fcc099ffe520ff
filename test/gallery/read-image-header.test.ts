import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ByteSource, sourceOfBytes } from '../../source/gallery/byte-source.ts';
import { readHeaderOf, readImageFile } from '../../source/gallery/read-image-header.ts';
import {
  compressed,
  exifWithComment,
  infotextOf,
  makeInfotextPng,
  makeJpeg,
  makePng,
  makeWebp,
  withChunk,
} from './helpers/pictures.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const read = (bytes: Uint8Array) => readHeaderOf(sourceOfBytes(bytes));
const chinese = infotextOf(7, '一只猫, 山水');

/** Counts what is read, so that a header cannot cost a whole file. */
function counting(bytes: Uint8Array): ByteSource & { readonly readCount: number } {
  const source = sourceOfBytes(bytes);
  let readCount = 0;
  return {
    byteCount: source.byteCount,
    get readCount() {
      return readCount;
    },
    read: async (offset, length) => {
      const part = await source.read(offset, length);
      readCount += part.length;
      return part;
    },
  };
}

describe('PNG', () => {
  test('size, completeness and the infotext that Pillow writes as Latin-1', async () => {
    expect(await read(await makeInfotextPng(123, 'café'))).toMatchObject({
      format: 'png',
      width: 16,
      height: 8,
      isComplete: true,
      infotext: infotextOf(123, 'café'),
    });
  });

  test.each([
    ['plain', Buffer.concat([Buffer.from('parameters\0\0\0zh\0\0'), Buffer.from(chinese)])],
    ['compressed', Buffer.concat([Buffer.from('parameters\0\u0001\0\0\0'), compressed(chinese)])],
  ])('a %s UTF-8 infotext', async (_, data) => {
    expect((await read(withChunk(await makePng(), 'iTXt', data)))?.infotext).toBe(chinese);
  });

  test('a compressed Latin-1 infotext', async () => {
    const data = Buffer.concat([Buffer.from('parameters\0\0'), compressed('Steps: 1')]);
    expect((await read(withChunk(await makePng(), 'zTXt', data)))?.infotext).toBe('Steps: 1');
  });

  test('a text that inflates without end is left alone, the image is not', async () => {
    const bomb = Buffer.concat([Buffer.from('parameters\0\0'), compressed(Buffer.alloc(8 << 20))]);
    expect(await read(withChunk(await makePng(), 'zTXt', bomb))).toMatchObject({ width: 16, infotext: null });
  });

  test('nor are many of them inflated: one behind them is not looked for', async () => {
    const bomb = Buffer.concat([Buffer.from('parameters\0\0'), compressed(Buffer.alloc(8 << 20))]);
    let png = withChunk(await makePng(), 'tEXt', Buffer.from('parameters\0Steps: 1'));
    for (let count = 0; count < 7; count++) png = withChunk(png, 'zTXt', bomb);
    expect((await read(png))?.infotext).toBe('Steps: 1');
    for (let count = 0; count < 60; count++) png = withChunk(png, 'zTXt', bomb);
    expect(await read(png)).toMatchObject({ width: 16, isComplete: true, infotext: null });
  });

  test('a chunk that claims more than the file holds ends the reading', async () => {
    const png = await makeInfotextPng(5);
    png.writeUInt32BE(0x7fffffff, 33);
    expect(await read(png)).toMatchObject({ width: 16, infotext: null });
  });

  test('is incomplete at every length but the full one', async () => {
    const png = await makeInfotextPng(5);
    for (let length = 0; length < png.length; length++) {
      expect((await read(png.subarray(0, length)))?.isComplete ?? false).toBe(false);
    }
  });
});

describe('JPEG', () => {
  test.each([false, true])('UserComment with little-endian text %s', async (isLittleEndianText) => {
    const jpeg = await makeJpeg(exifWithComment(chinese, { isLittleEndianText }));
    expect(await read(jpeg)).toMatchObject({
      format: 'jpeg',
      width: 24,
      height: 8,
      isComplete: true,
      infotext: chinese,
    });
  });

  test('is incomplete without its end', async () => {
    const jpeg = await makeJpeg();
    expect((await read(jpeg.subarray(0, -2)))?.isComplete).toBe(false);
  });
});

test('WebP with an EXIF chunk behind the pixels', async () => {
  const webp = await makeWebp(exifWithComment(chinese));
  expect(await read(webp)).toMatchObject({
    format: 'webp',
    width: 20,
    height: 10,
    isComplete: true,
    infotext: chinese,
  });
  expect((await read(webp.subarray(0, -1)))?.isComplete).toBe(false);
});

describe('hostile bytes', () => {
  test('never throw and never cost more than a bounded reading', async () => {
    const starts = [
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      Buffer.from([0xff, 0xd8, 0xff]),
      Buffer.from('RIFF\xff\xff\xff\xffWEBPVP8X', 'latin1'),
      Buffer.alloc(0),
    ];
    const bytes = fc
      .tuple(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 4096 }))
      .map(([start, rest]) => Buffer.concat([start, rest]));
    await fc.assert(
      fc.asyncProperty(bytes, async (image) => {
        const source = counting(image);
        await readHeaderOf(source);
        expect(source.readCount).toBeLessThan(image.length + 256 * 40);
      }),
      { numRuns: 300 },
    );
  });

  test('nor do real images with a few bytes changed', async () => {
    const images = [
      await makeInfotextPng(1),
      await makeJpeg(exifWithComment(chinese)),
      await makeWebp(exifWithComment(chinese)),
    ];
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...images), changes, async (image, edits) => {
        const bytes = Buffer.from(image);
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        const header = await read(bytes);
        if (header) expect(header.width * header.height).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a large image costs a small reading', async () => {
    const png = await makeInfotextPng(1);
    const large = Buffer.concat([png.subarray(0, -12), Buffer.alloc(4 << 20), png.subarray(-12)]);
    const source = counting(large);
    expect((await readHeaderOf(source))?.isComplete).toBe(true);
    expect(source.readCount).toBeLessThan(4096);
  });
});

describe('what is no file', () => {
  test('a folder, a missing path and a pipe that nobody writes to are answered with null', async () => {
    const folder = makeTemporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe.png')]);
    expect(await readImageFile(folder)).toBeNull();
    expect(await readImageFile(join(folder, 'none.png'))).toBeNull();
    expect(await readImageFile(join(folder, 'pipe.png'))).toBeNull();
  });

  test('a text file has facts but no header', async () => {
    const path = join(makeTemporaryFolder(), 'a.png');
    writeFileSync(path, 'not a picture');
    expect(await readImageFile(path)).toMatchObject({ header: null, byteCount: 13 });
  });
});
