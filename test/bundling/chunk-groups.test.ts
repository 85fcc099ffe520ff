import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cliPath } from '../helpers/run-cli.ts';

const cli = readFileSync(cliPath, 'utf8');

/** The files that Node has to load before the first line of one runs, without their hashes. */
function loadedWith(path: string): Set<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    if (found.has(file)) return;
    found.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)"(\.[^"]+)"/g);
    for (const [, target = ''] of imports) visit(join(dirname(file), target));
  };
  visit(path);
  return new Set([...found].map((file) => file.replace(/.*\//, '').replace(/(-[\w-]{8})?\.js$/, '')));
}

function loadedForCommand(name: string): Set<string> {
  const path = new RegExp(`\\b${name}:\\(\\)=>import\\(["'\`](.+?)["'\`]\\)`).exec(cli)?.[1];
  if (path === undefined) throw new Error(`The program has no command ${name}.`);
  return loadedWith(join(dirname(cliPath), path));
}

test('--version and --help load one file besides their own', () => {
  expect([...loadedWith(cliPath)].toSorted()).toEqual(['base', 'cli']);
});

test('a screen has its first frame before Ink is loaded', () => {
  const loaded = loadedForCommand('screen');
  expect(loaded).toContain('screen');
  expect(loaded).not.toContain('render-app');
  expect(loaded.size).toBeLessThanOrEqual(8);
});

test.each(['status', 'pause', 'skip'])(
  '%s, which only asks the loop, loads neither a screen nor the settings',
  (name) => {
    const loaded = loadedForCommand(name);
    expect(loaded).toContain('link');
    expect([...loaded]).not.toEqual(expect.arrayContaining(['screen']));
    expect([...loaded]).not.toEqual(expect.arrayContaining(['settings']));
  },
);

test.each(['runner', 'run', 'models'])('%s loads no screen', (name) => {
  expect([...loadedForCommand(name)].filter((file) => /screen|render-app/.test(file))).toEqual([]);
});
