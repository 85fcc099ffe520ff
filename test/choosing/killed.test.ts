import { existsSync, linkSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { done, namesIn, openChooserInTest, writeImage } from './chooser-in-test.ts';

test('a program that is killed while it rejects, restores and undoes loses no file and forgets none', async () => {
  const base = tempDirectoryInTest();
  const state = join(base, 'state');
  const outputs = join(base, 'outputs');
  const paths: string[] = [];
  for (let seed = 0; seed < 40; seed++) paths.push(await writeImage(join(outputs, `0-${seed}.png`), seed));
  const contents = new Map(paths.map((path) => [path, readFileSync(path)]));
  const program = join(import.meta.dirname, 'restless-chooser.ts');
  for (let kills = 0; kills < 5; kills++) {
    const child = startProgram(process.execPath, [program, state, ...paths]);
    onTestFinished(async () => child[Symbol.asyncDispose]());
    const turns = 2 + kills * 3;
    await child.waitForLine((line) => line === `turn ${turns}`);
    child.kill('SIGKILL');
    await child.ended;
    const trashFolder = join(outputs, '.sdloop-trash');
    const inTrash = existsSync(trashFolder) ? readdirSync(trashFolder) : [];
    const listed = done(await openChooserInTest(state).trash()).files.map(({ path }) => basename(path));
    expect(listed.toSorted()).toEqual(inTrash.toSorted());
    for (const path of paths) {
      const places = [path, join(trashFolder, basename(path))].filter((place) => existsSync(place));
      expect(places.length, `${path} after kill ${kills}`).toBeGreaterThan(0);
      for (const place of places)
        expect(readFileSync(place).equals(contents.get(path) ?? Buffer.alloc(0))).toBe(true);
    }
  }
  const chooser = openChooserInTest(state);
  const left = done(await chooser.trash()).files;
  expect(done(await chooser.restore(left.map(({ path }) => path))).problems).toEqual([]);
  done(await chooser.choose(paths, { kind: 'keep' }));
  expect(await namesIn(chooser, { verdict: 'kept' })).toHaveLength(40);
  expect(paths.every((path) => existsSync(path))).toBe(true);
});

test('a move that was cut off between two names is ended by the next one', async () => {
  const base = tempDirectoryInTest();
  const path = await writeImage(join(base, 'a.png'), 5);
  const chooser = openChooserInTest(join(base, 'state'));
  const { paths } = done(await chooser.choose([path], { kind: 'reject' }));
  const trashPath = paths.get(path) ?? '';
  linkSync(trashPath, path);
  expect(done(await chooser.restore([path])).problems).toEqual([]);
  expect(existsSync(path) && !existsSync(trashPath)).toBe(true);
  expect(() => rmdirSync(join(base, '.sdloop-trash'))).toThrow('ENOENT');
});
