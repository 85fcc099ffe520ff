import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { stateDirectory } from '../../source/settings/directories.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest } from '../ledger/ledger-in-test.ts';
import {
  connected,
  failure,
  generationOf,
  record,
  start,
  wholeGeneration,
} from '../ledger/notices-in-test.ts';

let home: string;
let ledger: Ledger;

beforeEach(() => {
  home = tempDirectoryInTest();
  ledger = beginLedgerInTest(stateDirectory(cleanEnvironment(home), 'default'));
  record(ledger, [connected(), failure(null, 10)]);
  const prompt = 'a <script>alert(1)</script>\u001b[31m lighthouse';
  record(ledger, wholeGeneration(generationOf(1, { prompt }), { at: 5000, directory: '/out/<img src=x>' }));
});

test('text, while the ledger is being written and after its writer died', async () => {
  const { code, stdout } = await performCli(['report'], { home });
  expect(code).toBe(0);
  expect(stdout).toContain('4 images, 1 generation');
  expect(stdout).toContain('The GPU ran out of memory. Tried again after 1 s.');
  ledger.close();
  expect((await performCli(['report'], { home })).stdout).toBe(stdout);
});

test('what a real run has written', async () => {
  const args = [
    '--demo',
    '--model=demo-landscape',
    '--prompt=dusk',
    '--width=64',
    '--height=64',
    '--steps=2',
    '--count=4',
  ];
  const run = await runCli(['run', ...args], { home });
  expect(run.code, run.stderr).toBe(0);
  const { stdout } = await performCli(['report', '--demo', '--json'], { home });
  expect(JSON.parse(stdout)).toMatchObject({
    ending: 'ended',
    imageCount: 4,
    generationCount: 1,
    prompt: 'dusk',
    incidents: [{ kind: 'stopped', reason: 'The goal is reached.' }],
  });
});

test('one JSON object with everything', async () => {
  const { stdout } = await performCli(['report', '--json'], { home });
  expect(JSON.parse(stdout)).toMatchObject({
    schema: 'sdloop/1',
    type: 'report',
    fromAt: start,
    imageCount: 4,
    imagesPerMinute: [48],
    incidents: [{ kind: 'out-of-memory', count: 1, action: 'tried again after 1 s' }],
    folders: [{ path: '/out/<img src=x>', fileCount: 4 }],
  });
});

test('a page, whole or not at all, in which nothing from outside is markup', async () => {
  const pages = join(home, 'pages');
  mkdirSync(pages);
  const path = join(pages, 'night.html');
  const { code, stdout, stderr } = await performCli(['report', '--html', path], { home });
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(stderr).toContain(`The report is in ${path}.`);
  expect(readdirSync(pages)).toEqual(['night.html']);
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('4 images');
  expect(page).not.toMatch(/<script|<img/);
});

test('a place where nothing can be written is said, and nothing is left behind', async () => {
  const { code, stderr } = await performCli(['report', '--html', home], { home });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /The report cannot be written to .*: there is a folder where a file should be\. Name another file\./,
  );
  const missing = await performCli(['report', '--html', join(home, 'none', 'night.html')], { home });
  expect(missing.stderr).toContain('cannot be written');
  expect(readdirSync(join(home, '..')).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('nothing since then, no ledger and no such time are said with what to do', async () => {
  const none = await performCli(['report', '--since', '2030-01-01'], { home });
  expect(none.code).toBe(1);
  expect(none.stderr).toContain('Nothing has run since then: leave --since out');
  const empty = await performCli(['report', '--profile', 'other'], { home });
  expect(empty.code).toBe(1);
  expect(empty.stderr).toContain('There is no ledger');
  const wrong = await performCli(['report', '--since', 'noon'], { home });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--since must be a time such as 45m');
});
