import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { withTables } from '../scripts/readme/tables.ts';
import { runCli } from './helpers/run-cli.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');

test('the tables of keys, commands, options and faults are those of the program (`npm run readme` mends them)', () => {
  expect(withTables(readme)).toBe(readme);
});

test('every script that it tells to run exists', () => {
  const told = [...readme.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? '');
  expect(told.length).toBeGreaterThan(5);
  for (const name of told) expect(Object.keys(packageJson.scripts)).toContain(name);
});

test('every file and section that it points to is there', () => {
  const links = [...readme.matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, target]) => target ?? '');
  const sections = [...readme.matchAll(/^#+ (.+)$/gm)].map(
    ([, title = '']) => `#${title.toLowerCase().replaceAll(' ', '-')}`,
  );
  for (const link of links) {
    expect(link.startsWith('#') ? sections.includes(link) : existsSync(resolve(root, link)), link).toBe(true);
  }
});

test('the events of a run are told with all their fields', async () => {
  const run = await runCli([
    'run',
    '--demo',
    '--model=demo-landscape',
    '--prompt=dusk',
    '--count=1',
    '--json',
  ]);
  const events = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string });
  expect(events.map(({ type }) => type)).toContain('image');
  for (const { type, ...fields } of events) {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${type}\` |`)) ?? '';
    for (const field of Object.keys(fields)) {
      if (field !== 'schema' && field !== 'at') expect(row, `${type}.${field}`).toContain(`\`${field}\``);
    }
  }
});
