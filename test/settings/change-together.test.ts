import { utimesSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readSettingsFile } from '../../source/settings/settings-file.ts';
import { openSettings } from '../../source/settings/settings-store.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

const main = resolve(import.meta.dirname, 'change-main.ts');

test('what two processes change at the same moment is all kept', async () => {
  const home = tempDirectoryInTest();
  const count = 40;
  const names = ['one', 'other'];
  const change = async (name: string) => {
    await using program = startProgram(process.execPath, [main, home, name, String(count)]);
    return await program.ended;
  };
  for (const { code, stderr } of await Promise.all(names.map(change)))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const kept = openSettings({ HOME: home }).file.promptHistory;
  const all = names.flatMap((name) => Array.from({ length: count }, (_, index) => `${name} ${index}`));
  expect(kept.toSorted()).toEqual(all.toSorted());
});

test('what a process that died in the middle has left holds nobody up', async () => {
  const store = openSettings({ HOME: tempDirectoryInTest() });
  expect(await store.change(() => ({ promptHistory: ['first'] }))).toBe(null);
  writeFileSync(`${store.path}.lock`, '');
  // Of a machine whose clock is ahead.
  const tomorrow = new Date(Date.now() + 86_400_000);
  utimesSync(`${store.path}.lock`, tomorrow, tomorrow);
  expect(await store.change(() => ({ promptHistory: ['second'] }))).toBe(null);
  expect(readSettingsFile(store.path).file.promptHistory).toEqual(['second']);
});
