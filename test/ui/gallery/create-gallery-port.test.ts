import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openChooser } from '../../../source/choosing/open-chooser.ts';
import { readImageFile } from '../../../source/gallery/read-image-header.ts';
import type { Ledger } from '../../../source/ledger/ledger.ts';
import { createPictureMaker } from '../../../source/pictures/make-picture.ts';
import type { PictureTerminal } from '../../../source/pictures/picture-protocol.ts';
import { everyPresentImage } from '../../../source/presentation/choosing.ts';
import { createGalleryPort } from '../../../source/ui/gallery/create-gallery-port.ts';
import type { GalleryPort, GalleryWish } from '../../../source/ui/gallery/gallery-data.ts';
import { makeImages } from '../../choosing/chooser-in-test.ts';
import { tempDirectoryInTest } from '../../helpers/temp-directory-in-test.ts';
import { waitFor } from '../../helpers/wait-for.ts';
import { beginLedgerInTest } from '../../ledger/ledger-in-test.ts';

const terminal: PictureTerminal = {
  protocol: 'blocks',
  cellWidth: 10,
  cellHeight: 20,
  isTmux: false,
  hasTrueColor: true,
};

let state: string;
let outputs: string;
let ledger: Ledger;

beforeEach(() => {
  const base = tempDirectoryInTest();
  state = join(base, 'state');
  outputs = join(base, 'outputs', '2027-01-15');
  ledger = beginLedgerInTest(state);
});

function openPort(): GalleryPort {
  const port = createGalleryPort({
    openChooser: async () => openChooser(state),
    openMaker: async () => createPictureMaker({ terminal, cacheDirectory: null }),
    readInfotext: async (path) => (await readImageFile(path))?.header?.infotext ?? null,
    again: async () => ({ text: '', tone: 'info' }),
  });
  onTestFinished(() => port.close());
  return port;
}

const wishFor = (
  changes: Partial<GalleryWish['window']> = {},
  rest: Partial<GalleryWish> = {},
): GalleryWish => ({
  window: { filter: everyPresentImage, sort: 'newest', firstIndex: 0, count: 6, ...changes },
  box: { columns: 16, rows: 8 },
  first: 0,
  isReading: false,
  ...rest,
});

const namesOf = (port: GalleryPort) => port.getData().images.map(({ path }) => basename(path));

/** Waits until every listed image has its picture, or the reason why not. */
const isDrawn = (port: GalleryPort) => {
  const { images, pictures } = port.getData();
  return images.length > 0 && images.every(({ path }) => pictures.has(path));
};

test('what is wished for is listed, and its pictures come', async () => {
  await makeImages(ledger, outputs);
  const port = openPort();
  port.wish(wishFor());
  await waitFor(() => isDrawn(port));
  expect(namesOf(port)).toEqual(['01013-1013.png', '01012-1012.png', '01011-1011.png', '01010-1010.png']);
  const [first] = port.getData().images;
  expect(port.getData().pictures.get(first?.path ?? '')).toMatchObject({ columns: 16, rows: 4 });
});

test('a file that is no picture, or is gone, has a reason in its place', async () => {
  const [broken = '', gone = ''] = await makeImages(ledger, outputs);
  writeFileSync(broken, 'not a picture at all');
  rmSync(gone);
  const port = openPort();
  port.wish(wishFor());
  await waitFor(() => isDrawn(port));
  const { pictures } = port.getData();
  expect(pictures.get(broken)).toEqual({ reason: expect.stringMatching(/\w/) });
  expect(pictures.get(gone)).toEqual({ reason: expect.stringMatching(/\w/) });
});

test('what the loop makes meanwhile comes by itself', async () => {
  await makeImages(ledger, outputs, { id: 1 });
  const port = openPort();
  port.wish(wishFor());
  await waitFor(() => port.getData().totalCount === 4);
  await makeImages(ledger, outputs, { id: 2 });
  await waitFor(() => port.getData().totalCount === 8);
  expect(namesOf(port)[0]).toBe('01023-1023.png');
});

test('the infotext of a single picture is read from its file', async () => {
  const [path = ''] = await makeImages(ledger, outputs, { count: 1 });
  const port = openPort();
  port.wish(wishFor({ count: 2 }, { isReading: true }));
  await waitFor(() => port.getData().infotexts.has(path));
  expect(port.getData().infotexts.get(path)).toContain('picture 1010');
});

describe('a choice', () => {
  test('is listed and said; undo takes it back', async () => {
    const [path = ''] = await makeImages(ledger, outputs);
    const port = openPort();
    port.wish(wishFor());
    await waitFor(() => port.getData().totalCount === 4);
    port.choose([path], { kind: 'reject' });
    await waitFor(() => port.getData().totalCount === 3);
    expect(port.getData().said).toMatchObject({ text: expect.stringContaining('Rejected'), number: 1 });
    port.undo();
    await waitFor(() => port.getData().totalCount === 4);
    expect(port.getData().said).toMatchObject({ text: expect.stringContaining('Taken back'), number: 2 });
  });

  test('that cannot be made is said, and changes nothing', async () => {
    const [path = ''] = await makeImages(ledger, outputs);
    const port = openPort();
    port.wish(wishFor());
    await waitFor(() => port.getData().totalCount === 4);
    port.choose([`${path}.gone`], { kind: 'keep' });
    await waitFor(() => port.getData().said !== null);
    expect(port.getData().said).toMatchObject({ tone: 'warning' });
    expect(port.getData().images.every(({ choice }) => choice.verdict === 'undecided')).toBe(true);
  });
});

test('nothing is opened before the first wish, and nothing asked while it rests', async () => {
  await makeImages(ledger, outputs, { id: 1 });
  let openedCount = 0;
  const port = createGalleryPort({
    openChooser: async () => {
      openedCount++;
      return openChooser(state);
    },
    openMaker: async () => createPictureMaker({ terminal, cacheDirectory: null }),
    readInfotext: async () => null,
    again: async () => ({ text: '', tone: 'info' }),
  });
  onTestFinished(() => port.close());
  expect(openedCount).toBe(0);
  port.wish(wishFor());
  await waitFor(() => isDrawn(port));
  port.rest();
  const before = port.getData();
  await makeImages(ledger, outputs, { id: 2 });
  expect(port.getData()).toBe(before);
  port.wish(wishFor());
  await waitFor(() => port.getData().totalCount === 8);
});
