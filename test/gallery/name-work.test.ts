import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { patientNames, quickNames } from '../../source/gallery/name-work.ts';
import { placeFile } from '../../source/gallery/place-file.ts';
import { writeToDisk } from '../../source/gallery/write-to-disk.ts';
import { makeTemporaryFolder } from './helpers/temporary.ts';

const bytes = new Uint8Array(300_000).fill(7);

describe.each([
  ['on another thread', patientNames],
  ['at once', quickNames],
])('a file that is saved %s', (_, names) => {
  test('is whole, and tells its time', async () => {
    const path = join(makeTemporaryFolder(), 'a.part');
    const savedAt = await writeToDisk(path, bytes, names);
    expect(readFileSync(path).equals(bytes)).toBe(true);
    expect(Math.abs(Date.now() - savedAt)).toBeLessThan(60_000);
  });

  test('never takes the place of another', async () => {
    const folder = makeTemporaryFolder();
    const taken = join(folder, 'taken.png');
    writeFileSync(taken, 'theirs');
    await expect(writeToDisk(taken, bytes, names)).rejects.toMatchObject({ code: 'EEXIST' });
    const aside = join(folder, 'a.part');
    await writeToDisk(aside, bytes, names);
    expect(await placeFile(aside, taken, names)).toBe(false);
    expect(readFileSync(taken, 'utf8')).toBe('theirs');
    expect(await placeFile(aside, join(folder, 'free.png'), names)).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(['free.png', 'taken.png']);
  });

  test('that cannot be says why, and nothing is left of it', async () => {
    const folder = makeTemporaryFolder();
    await expect(writeToDisk(join(folder, 'gone/a.part'), bytes, names)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    mkdirSync(join(folder, 'folder'));
    await expect(writeToDisk(join(folder, 'folder'), bytes, names)).rejects.toMatchObject({ code: 'EEXIST' });
    expect(readdirSync(folder)).toEqual(['folder']);
  });
});
