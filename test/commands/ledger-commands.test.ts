import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Notice } from '../../source/engine/notice.ts';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { stateDirectory } from '../../source/settings/directories.ts';
import { makePng } from '../gallery/helpers/pictures.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { cliPath, startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { beginLedgerInTest } from '../ledger/ledger-in-test.ts';
import {
  connected,
  finished,
  generationOf,
  image,
  record,
  started,
  wholeGeneration,
} from '../ledger/notices-in-test.ts';

let picture: Buffer;
let home: string;
let outputs: string;
let ledger: Ledger;

beforeAll(async () => {
  picture = await makePng();
});

beforeEach(() => {
  home = tempDirectoryInTest();
  outputs = join(home, 'outputs');
  mkdirSync(outputs);
  ledger = beginLedgerInTest(stateDirectory(cleanEnvironment(home), 'default'));
  record(ledger, [connected()]);
});

/** A generation that is in the ledger and on disk. */
function make(id: number, prompt: string): void {
  const notices = wholeGeneration(generationOf(id, { prompt, batchSize: 2 }), {
    at: id * 1000,
    directory: outputs,
  });
  record(ledger, notices);
  for (const notice of notices) writeFileOf(notice);
}

function writeFileOf(notice: Notice): void {
  if (notice.type === 'image') writeFileSync(notice.image.path, picture);
}

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout } = await performCli([...args, '--json'], { home });
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('sdloop images', () => {
  test('lists the ledger, newest first, with all that made an image', async () => {
    make(1, 'a lighthouse');
    make(2, '一只猫\ta \u001b[31mtab');
    const listed = await json('images');
    expect(listed.map(({ seed }) => seed)).toEqual([1021, 1020, 1011, 1010]);
    expect(listed[3]).toMatchObject({
      schema: 'sdloop/1',
      type: 'image',
      generation: 1,
      path: join(outputs, '01010-1010.png'),
      width: 480,
      height: 264,
      bytes: 1234,
      checkpoint: 'dreamshaper_8.safetensors [879db523c3]',
      prompt: 'a lighthouse',
      negativePrompt: '',
      sampler: null,
      scheduler: null,
      steps: 20,
      cfgScale: 7,
      durationMs: 700,
      version: 'v1.10.1',
    });
    const { stdout } = await performCli(['images', '--tsv', '--limit', '1'], { home });
    const [header = '', row = '', ...rest] = stdout.split('\n');
    expect(rest).toEqual(['']);
    const cells = Object.fromEntries(header.split('\t').map((name, index) => [name, row.split('\t')[index]]));
    expect(cells).toMatchObject({ seed: '1021', generation: '2', prompt: '一只猫\\ta [31mtab' });
    expect((await performCli(['images'], { home })).stdout).not.toContain('\u001b');
  });

  test('filters by prompt, model, seed and time', async () => {
    make(1, 'a lighthouse');
    make(2, '一只猫');
    const seeds = async (...args: string[]) => (await json('images', ...args)).map(({ seed }) => seed);
    const [byPrompt, bySeed, byModel, bySince, none] = await Promise.all([
      seeds('--prompt', '猫'),
      seeds('--seed', '1010'),
      seeds('--model', 'DREAM', '--limit', '3'),
      seeds('--since', '2027-01-16'),
      seeds('--prompt', 'dog'),
    ]);
    expect(byPrompt).toEqual([1021, 1020]);
    expect(bySeed).toEqual([1010]);
    expect(byModel).toEqual([1021, 1020, 1011]);
    expect(bySince).toEqual([]);
    expect(none).toEqual([]);
  });

  test('of a directory are filtered alike', async () => {
    make(1, 'a lighthouse');
    const listed = await json('images', '--output-dir', outputs, '--seed', '1011');
    expect(listed).toMatchObject([{ seed: 1011, generation: null, durationMs: null }]);
  });

  test.each([
    [['--since', 'yesterday'], '--since must be a time'],
    [['--seed', 'random'], '--seed must be a number here'],
    [['--json', '--tsv'], 'exclude each other'],
    [['--limit', '0'], '--limit must be a whole number'],
    [['--profile', '../x'], '--profile must be 1 to 32'],
  ])('%j is wrong usage', async (args, message) => {
    const { code, stderr } = await performCli(['images', ...args], { home });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('a broken ledger is said, and the files are listed', async () => {
    make(1, 'a lighthouse');
    ledger.close();
    const directory = stateDirectory(cleanEnvironment(home), 'default');
    writeFileSync(ledgerPath(directory), 'nothing of the kind '.repeat(500));
    const { code, stdout, stderr } = await performCli(['images'], {
      home,
      env: { SDLOOP_OUTPUT_DIR: outputs },
    });
    expect(stderr).toContain('is damaged or not a ledger');
    expect(stdout).toContain('01010-1010.png');
    expect(code).toBe(0);
  });

  test('another profile has another ledger', async () => {
    make(1, 'a lighthouse');
    const { stdout } = await performCli(['images', '--profile', 'other', '--url', 'http://127.0.0.1:9'], {
      home,
    });
    expect(stdout).toBe('');
  });

  test('a reader that has enough is the quiet end of it', async () => {
    for (let id = 1; id <= 20; id++)
      record(ledger, wholeGeneration(generationOf(id, { batchSize: 64, batchCount: 10 })));
    const script = `{ "${process.execPath}" "${cliPath}" images --json; echo ended with $? >&2; } | head -1`;
    await using shell = startProgram('sh', ['-c', script], { home });
    const { stdout, stderr } = await shell.ended;
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('ended with 0\n');
    expect(await json('images')).toHaveLength(20 * 640);
  });
});

describe('sdloop ledger check', () => {
  test('says when all agrees', async () => {
    make(1, 'a lighthouse');
    const { code, stdout } = await performCli(['ledger', 'check'], { home });
    expect(stdout).toBe('The ledger and the files agree: 2 images in 1 folder.\n');
    expect(code).toBe(0);
  });

  test('tells what is missing, unknown, made twice or without an outcome', async () => {
    make(1, 'a lighthouse');
    make(2, 'a cat');
    const open = generationOf(3);
    record(ledger, [started(open), image(open, 1030, { directory: join(home, 'gone') })]);
    rmSync(join(outputs, '01010-1010.png'));
    copyFileSync(join(outputs, '01020-1020.png'), join(outputs, '01099-1020.png'));
    writeFileSync(join(outputs, '01100-4242.png'), picture);
    for (const name of [
      'holiday.png',
      '01101-77.txt',
      '01020-1020.jpg',
      'grid-0001.png',
      '01102-5-\u001b[2J.png',
    ]) {
      writeFileSync(join(outputs, name), '');
    }
    const { code, stdout } = await performCli(['ledger', 'check'], { home });
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    const findings = await json('ledger', 'check');
    expect(findings.map(({ type, kind, seed, generation }) => [type, kind, seed, generation]).sort()).toEqual(
      [
        ['finding', 'file-missing', 1010, 1],
        ['finding', 'doubled', 1020, 2],
        ['finding', 'unknown-file', 4242, undefined],
        ['finding', 'unknown-file', 5, undefined],
        ['finding', 'folder-missing', undefined, undefined],
        ['finding', 'open-generation', undefined, 3],
        ['summary', undefined, undefined, undefined],
      ].sort(),
    );
    expect(findings.at(-1)).toMatchObject({ type: 'summary', images: 5, folders: 2, findings: 5 });
  });

  test('takes an open generation of a run that has not ended for no difference', async () => {
    make(1, 'a lighthouse');
    record(ledger, [started(generationOf(2))]);
    const { code, stdout } = await performCli(['ledger', 'check'], { home });
    expect(stdout).toContain('#2');
    expect(code).toBe(0);
    record(ledger, [finished(generationOf(2), 10, { imageCount: 0, outcome: 'abandoned' })]);
    expect((await performCli(['ledger', 'check'], { home })).stdout).not.toContain('#2');
  });

  test('a ledger that is not there or cannot be read is an answer', async () => {
    ledger.close();
    const path = ledgerPath(stateDirectory(cleanEnvironment(home), 'default'));
    rmSync(dirname(path), { recursive: true });
    const absent = await performCli(['ledger', 'check'], { home });
    expect(absent).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no ledger') });
    expect(await performCli(['ledger'], { home })).toMatchObject({ code: 2 });
  });
});
