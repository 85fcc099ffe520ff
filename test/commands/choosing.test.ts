import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../source/ledger/ledger.ts';
import { stateDirectory } from '../../source/settings/directories.ts';
import { makeImages, writeImage } from '../choosing/chooser-in-test.ts';
import { cleanEnvironment } from '../helpers/clean-environment.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { beginLedgerInTest } from '../ledger/ledger-in-test.ts';

let home: string;
let outputs: string;
let ledger: Ledger;

beforeEach(() => {
  home = tempDirectoryInTest();
  outputs = join(home, 'outputs');
  ledger = beginLedgerInTest(stateDirectory(cleanEnvironment(home), 'default'));
});

const sdloop = (...args: string[]) => performCli(args, { home, cwd: home });

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const { stdout } = await sdloop(...args, '--json');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('sdloop rate and sdloop images', () => {
  test('stars and verdicts choose what is listed, and rejected images are listed only by their name', async () => {
    const [first = '', second = '', third = ''] = await makeImages(ledger, outputs);
    expect(await sdloop('rate', first, '--stars', '5')).toMatchObject({
      code: 0,
      stdout: '1 image kept with 5 stars.\n',
    });
    expect(await json('rate', 'outputs/01011-1011.png', third, '--reject')).toMatchObject([
      {
        type: 'choice',
        from: second,
        path: join(outputs, '.sdloop-trash', basename(second)),
        verdict: 'rejected',
      },
      { from: third, verdict: 'rejected' },
    ]);
    expect(await json('images')).toMatchObject([
      { seed: 1013, verdict: 'undecided', stars: 0 },
      { seed: 1010, verdict: 'kept', stars: 5 },
    ]);
    expect(await json('images', '--rating', '4')).toMatchObject([{ seed: 1010, prompt: 'a lighthouse' }]);
    expect(await json('images', '--verdict', 'undecided')).toMatchObject([{ seed: 1013 }]);
    expect((await json('images', '--verdict', 'rejected')).map(({ seed }) => seed)).toEqual([1012, 1011]);
    expect(
      (await json('images', '--verdict', 'kept', '--output-dir', outputs)).map(({ path }) => path),
    ).toEqual([first]);
    expect((await sdloop('images')).stdout).toMatch(/16x8 {2}5\* .*01010-1010\.png/);
    const undone = await sdloop('rate', '--undo');
    expect(undone.stdout).toBe('Taken back: 2 images rejected.\n');
    expect(existsSync(second) && existsSync(third)).toBe(true);
  });

  test('an image that is hidden since it was rejected is told of, and how to list it', async () => {
    const [first = '', second = ''] = await makeImages(ledger, outputs);
    await sdloop('rate', first, '--reject');
    const inFolder = ['--output-dir', outputs];
    for (const where of [[], inFolder]) {
      const { stdout, stderr } = await sdloop('images', '--seed', '1010', ...where);
      expect(stdout).toBe('');
      expect(stderr).toBe('1 such image is rejected and therefore hidden: `--verdict rejected` lists it.\n');
      const listed = await json('images', '--seed', '1010', '--verdict', 'rejected', ...where);
      expect(listed).toMatchObject([{ seed: 1010 }]);
    }
    expect((await sdloop('images', '--seed', '7')).stderr).toBe('The ledger has no such image.\n');
    await sdloop('rate', second, '--keep');
    expect((await sdloop('images', '--seed', '1010', '--verdict', 'kept')).stderr).toBe(
      'There are no such images.\n',
    );
  });

  test('how to take it back is said with the profile that it is about', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    expect((await sdloop('rate', first, '--reject')).stdout).toBe(
      '1 image rejected, into .sdloop-trash beside the others; `sdloop rate --undo` takes it back.\n',
    );
    await sdloop('rate', '--undo');
    expect((await sdloop('rate', first, '--reject', '--demo')).stdout).toContain(
      '`sdloop rate --undo --demo` takes it back',
    );
    expect((await sdloop('rate', '--look', '--demo')).stdout).toContain(
      '`sdloop images --flagged black --demo`',
    );
  });

  test('stars are kept when the folder is moved', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    await sdloop('rate', first, '--stars', '4');
    const moved = join(home, 'moved');
    renameSync(outputs, moved);
    const listed = await json('images', '--rating', '4', '--output-dir', moved);
    expect(listed).toMatchObject([{ path: join(moved, basename(first)), stars: 4 }]);
  });

  test.each([
    [['rate', 'a.png'], 'Say one of --stars N'],
    [['rate', 'a.png', '--keep', '--reject'], 'Say one of --stars N'],
    [['rate', '--keep'], 'Name the files'],
    [['rate', 'a.png', '--stars', '6'], '--stars must be a whole number from 1 to 5'],
    [['rate', 'a.png', '--undo'], '--undo takes no files'],
    [['images', '--verdict', 'good'], '--verdict must be one of kept, undecided, rejected'],
    [['images', '--html', 'a.html', '--tsv'], '--tsv and --html exclude each other'],
    [['trash', 'empty'], 'Write `sdloop trash list`'],
  ])('%j is told what is wrong with it', async (args, message) => {
    const { code, stderr } = await sdloop(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('a file that is not there is said, and the others are decided about', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    const { code, stderr } = await sdloop('rate', first, 'none.png', '--keep');
    expect(stderr).toContain(`There is no file ${join(home, 'none.png')}.`);
    expect(code).toBe(1);
    expect(await json('images', '--verdict', 'kept')).toHaveLength(1);
    expect((await sdloop('again', 'none.png')).stderr).toBe(`There is no file ${join(home, 'none.png')}.\n`);
  });
});

describe('sdloop trash', () => {
  test('deletes only after saying how many and how large, and with --yes where nobody can be asked', async () => {
    const [first = '', second = ''] = await makeImages(ledger, outputs);
    const byteCount = statSync(first).size + statSync(second).size;
    await sdloop('rate', first, second, '--reject');
    const refused = await sdloop('trash', 'purge');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain(`Delete 2 files, ${byteCount} B (${byteCount} bytes) for ever?`);
    expect((await json('trash', 'list')).map(({ from }) => from).sort()).toEqual([first, second]);
    expect(await json('trash', 'purge', '--yes')).toMatchObject([
      { type: 'purged', count: 2, bytes: byteCount },
    ]);
    expect(readdirSync(outputs)).not.toContain('.sdloop-trash');
    expect((await sdloop('ledger', 'check')).stdout).not.toContain('missing');
  });

  test('asks a person, and takes anything but y for a no', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    await sdloop('rate', first, '--reject');
    const ask = async (answer: string) => {
      const terminal = openTerminalInTest({
        command: process.execPath,
        args: [cliPath, 'trash', 'purge'],
        home,
        columns: 100,
        rows: 10,
      });
      await terminal.waitFor('[y/N]');
      terminal.type(`${answer}\r`);
      return await terminal.exit;
    };
    await ask('');
    expect(existsSync(join(outputs, '.sdloop-trash', basename(first)))).toBe(true);
    await ask('y');
    expect(existsSync(join(outputs, '.sdloop-trash'))).toBe(false);
  });

  test('gives back one file by its name, or all', async () => {
    const paths = await makeImages(ledger, outputs);
    await sdloop('rate', ...paths, '--reject');
    expect(await sdloop('trash', 'restore', basename(paths[0] ?? ''))).toMatchObject({
      stdout: '1 image restored.\n',
    });
    expect(await sdloop('trash', 'restore', 'other.png')).toMatchObject({ code: 1 });
    await sdloop('trash', 'restore');
    expect(paths.every((path) => existsSync(path))).toBe(true);
  });
});

describe('sdloop images --copy-to', () => {
  test('takes the keepers out with what made them, and overwrites nothing', async () => {
    const [first = '', second = ''] = await makeImages(ledger, outputs);
    const foreign = await writeImage(join(home, 'else', '01010-1010.png'), 99);
    await sdloop('rate', first, second, foreign, '--stars', '4');
    const copied = await sdloop('images', '--rating', '4', '--copy-to', 'keepers');
    expect(copied).toMatchObject({ code: 0, stderr: expect.stringContaining('3 images copied to') });
    const keepers = join(home, 'keepers');
    expect(readdirSync(keepers).sort()).toEqual([
      '01010-1010.png',
      '01010-1010~2.png',
      '01011-1011.png',
      'provenance.json',
    ]);
    const provenance = () => JSON.parse(readFileSync(join(keepers, 'provenance.json'), 'utf8')).images;
    expect(provenance()).toHaveLength(3);
    expect(provenance()).toContainEqual(
      expect.objectContaining({
        file: '01011-1011.png',
        seed: 1011,
        prompt: 'a lighthouse',
        stars: 4,
        from: second,
        steps: 20,
        checkpoint: 'dreamshaper_8.safetensors [879db523c3]',
        sha256: expect.stringMatching(/^[\da-f]{64}$/),
      }),
    );
    // Of a file that the ledger does not know, its own words tell.
    expect(provenance()).toContainEqual(
      expect.objectContaining({ seed: 99, sampler: 'Euler a', from: foreign }),
    );
    const again = await sdloop('images', '--rating', '4', '--copy-to', 'keepers');
    expect(again.stderr).toContain('0 images copied');
    expect(readdirSync(keepers)).toHaveLength(4);
    expect(provenance()).toHaveLength(3);
  });

  test('leaves a provenance that it did not write as it is', async () => {
    const [first = ''] = await makeImages(ledger, outputs);
    await sdloop('rate', first, '--keep');
    writeFileSync(join(home, 'provenance.json'), '{"mine": true}');
    const { code, stderr } = await sdloop('images', '--verdict', 'kept', '--copy-to', '.');
    expect(code).toBe(1);
    expect(stderr).toContain('none that sdloop wrote');
    expect(readdirSync(home)).not.toContain(basename(first));
  });
});

describe('sdloop images --html', () => {
  test('is one page that needs nothing else, with outside text escaped', async () => {
    await makeImages(ledger, outputs, { prompt: '<script>alert(1)</script> "lighthouse"', count: 3 });
    const { code, stderr } = await sdloop('images', '--html', 'night.html');
    expect(stderr).toContain('3 images in');
    expect(code).toBe(0);
    const page = readFileSync(join(home, 'night.html'), 'utf8');
    expect(page.match(/<img src="data:image\/webp;base64,/g)).toHaveLength(3);
    expect(page).toContain('&#60;script&#62;alert(1)');
    expect(page).not.toMatch(/<script|https?:|src="(?!data:)|href=/);
    expect(page).toContain(`default-src 'none'; img-src data:`);
    expect(page).toContain('color-scheme: light dark');
  });

  test('shows the newest run, or what a filter says, as many as are wanted', async () => {
    await makeImages(ledger, outputs, { id: 1 });
    ledger.endRun(1_800_000_100_000);
    ledger.beginRun({ at: 1_800_000_110_000, url: 'http://127.0.0.1:7860', isContinued: false });
    await makeImages(ledger, outputs, { id: 2 });
    const seedsOn = async (...args: string[]) => {
      await sdloop('images', '--html', 'page.html', ...args);
      return [...readFileSync(join(home, 'page.html'), 'utf8').matchAll(/<b>(\d+)<\/b>/g)].map(
        ([, seed]) => seed,
      );
    };
    expect(await seedsOn()).toEqual(['1023', '1022', '1021', '1020']);
    expect(await seedsOn('--limit', '6')).toHaveLength(6);
    expect(await seedsOn('--seed', '1011')).toEqual(['1011']);
    expect(readFileSync(join(home, 'page.html'), 'utf8')).not.toContain('left out');
  });
});
