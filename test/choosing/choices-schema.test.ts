import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { choicesMigrations, choicesVersion } from '../../source/choosing/choices-schema.ts';
import { choicesPath } from '../../source/choosing/open-choices.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { done, listIn, openChooserInTest } from './chooser-in-test.ts';

const samples = join(import.meta.dirname, 'samples');
const names = readdirSync(samples).filter((name) => name.endsWith('.sqlite'));

test('each schema has a sample, and each step leads to the next', () => {
  const wanted = Array.from({ length: choicesVersion }, (_, index) => `choices-${index + 1}.sqlite`);
  expect(names.sort()).toEqual(wanted.sort());
  expect(choicesMigrations).toHaveLength(choicesVersion);
});

test.each(names)('%s opens with everything in it, and goes on', async (name) => {
  const state = join(tempDirectoryInTest(), 'state');
  mkdirSync(state);
  copyFileSync(join(samples, name), choicesPath(state));
  const chooser = openChooserInTest(state);
  const any = { verdict: 'any' } as const;
  expect((await listIn(chooser, { ...any, minStars: 4 })).images).toMatchObject([
    { path: '/outputs/a.png', seed: 77, choice: { verdict: 'kept', stars: 4 } },
  ]);
  expect((await listIn(chooser, { verdict: 'rejected' })).images).toMatchObject([
    { path: '/outputs/.sdloop-trash/b.png', choice: { verdict: 'rejected', stars: 0 } },
  ]);
  expect((await listIn(chooser, { ...any, look: 'near-duplicate' })).images).toMatchObject([
    { path: '/outputs/c.png', look: { isBlack: false, nearDuplicateOf: '/outputs/a.png' } },
  ]);
  expect(done(await chooser.undo())).toMatchObject({ decision: { kind: 'stars', stars: 4 }, count: 1 });
  expect((await listIn(chooser, { verdict: 'kept' })).images).toEqual([]);
});
