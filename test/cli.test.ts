import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuiltInWebUi, startBuiltInWebUi } from '../source/demo/built-in-webui.ts';
import { performCli } from './helpers/perform-cli.ts';
import { cliPath, runCli, startCli, startProgram } from './helpers/run-cli.ts';
import { makeTempDirectory } from './helpers/temp-directory.ts';
import { waitFor } from './helpers/wait-for.ts';

let data: ReturnType<typeof makeTempDirectory>;
let webUi: BuiltInWebUi;

beforeAll(async () => {
  data = makeTempDirectory();
  webUi = await startBuiltInWebUi({ dataDirectory: data.path, stepMs: 5, loadMs: 0 });
});
afterAll(async () => {
  await webUi.close();
  data[Symbol.dispose]();
});

const job = ['--model', 'demo-landscape', '--prompt', 'a lighthouse 一只猫', '--steps', '4'];

function events(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

describe('without a WebUI', () => {
  test('--version says the version, and --help how to use it', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect((await runCli(['--help'])).stdout).toMatch(/^Keeps a Stable Diffusion WebUI generating/);
    expect((await runCli(['run', '--help'])).stdout).toMatch(/^sdloop run /);
    expect((await runCli(['help', 'demo'])).stdout).toMatch(/^sdloop demo /);
  });

  test.each([
    [['modles'], 'Did you mean `sdloop models`?'],
    [['run', '--setps', '3'], 'Did you mean --steps?'],
    [['run', '--steps', '0'], '--steps must be a whole number from 1 to 150.'],
    [['run', '--count', '0'], '--count must be a whole number of at least 1.'],
    [['run', '--model', 'x'], 'needs a prompt: --prompt TEXT'],
    [['run', '--prompt', 'x'], 'needs a model: --model NAME'],
    [['run'], 'needs a model and a prompt'],
    [['run', '--demo', '--url', 'x', ...job], '--demo brings its own WebUI'],
    [['models', '--family', 'sdnext'], '--family is for the built-in WebUI: add --demo.'],
    [['demo', '--family', 'comfyui'], '--family must be one of a1111, a1111-1.8, forge,'],
    [['models', '--url', 'ftp://x'], '--url must be an http or https address'],
    [['demo', '--fault', 'gremlins'], 'There is no fault "gremlins"'],
    [[], 'terminal'],
  ])('%j is wrong usage', async (args, sentence) => {
    using home = makeTempDirectory();
    const { code, stdout, stderr } = await performCli(args, { home: home.path });
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('with --json, wrong usage is an event too', async () => {
    const { code, stdout, stderr } = await runCli(['run', '--json', '--nonsense']);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(events(stdout)).toEqual([
      expect.objectContaining({ type: 'failure', kind: 'usage', willRetry: false }),
    ]);
  });

  test.each(['run', 'models', 'samplers'])('%s says so with the address and ends with 3', async (command) => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { code, stdout, stderr } = await runCli([command, '--url', url, ...(command === 'run' ? job : [])]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(url);
    expect(stderr).toContain('--api');
  });
});

describe.concurrent('with a WebUI', () => {
  test('models and samplers are listed, for people and for scripts', async () => {
    const models = await runCli(['models', '--url', webUi.url]);
    expect(models.code).toBe(0);
    expect(models.stdout).toMatch(/^\* demo-landscape\.safetensors/m);
    const json = events((await runCli(['models', '--json', '--url', webUi.url])).stdout);
    expect(json).toHaveLength(models.stdout.trimEnd().split('\n').length);
    expect(json[0]).toMatchObject({
      schema: 'sdloop/1',
      type: 'model',
      name: 'demo-landscape',
      isSelected: true,
    });
    const samplers = events((await runCli(['samplers', '--json', '--url', webUi.url])).stdout);
    expect(samplers).toContainEqual(expect.objectContaining({ type: 'sampler', name: 'Euler a' }));
    expect(samplers).toContainEqual(expect.objectContaining({ type: 'scheduler', name: 'Karras' }));
  });

  test('a run makes the images asked for and tells each; images lists them from then on', async () => {
    using home = makeTempDirectory();
    const args = ['run', '--json', '--url', webUi.url, '--count', '6', ...job];
    const { code, stdout, stderr } = await runCli(args, { home: home.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const told = events(stdout);
    const images = told.filter(({ type }) => type === 'image');
    expect(images).toHaveLength(6);
    expect(new Set(images.map(({ seed }) => seed)).size).toBe(6);
    for (const { path, seed } of images) {
      expect(statSync(path).size).toBeGreaterThan(0);
      expect(path).toContain(`-${seed}.png`);
    }
    expect(told.at(-1)).toMatchObject({ type: 'summary', images: 6, failures: 0 });

    const listed = events((await runCli(['images', '--json'], { home: home.path })).stdout);
    expect(listed).toHaveLength(6);
    expect(listed[0]).toMatchObject({
      type: 'image',
      prompt: 'a lighthouse 一只猫',
      width: 480,
      height: 264,
    });
    expect(new Set(listed.map(({ seed }) => seed))).toEqual(new Set(images.map(({ seed }) => seed)));
  });

  test('the environment counts, and a flag counts more', async () => {
    const env = {
      SDLOOP_URL: webUi.url,
      SDLOOP_MODEL: 'demo-landscape',
      SDLOOP_PROMPT: 'from the environment',
    };
    const { stdout } = await runCli(['run', '--json', '--steps', '3', '--count', '1'], {
      env: { ...env, SDLOOP_STEPS: '9' },
    });
    expect(events(stdout).find(({ type }) => type === 'generation-started')).toMatchObject({
      prompt: 'from the environment',
      steps: 3,
      restoreFaces: true,
    });
  });

  test('faces are restored unless a flag, the environment or the settings say no', async () => {
    const told = await Promise.all([
      runCli(['run', '--json', '--url', webUi.url, '--count', '1', '--no-restore-faces', ...job]),
      runCli(['run', '--json', '--url', webUi.url, '--count', '1', ...job], {
        env: { SDLOOP_RESTORE_FACES: 'false' },
      }),
    ]);
    for (const { stdout } of told)
      expect(events(stdout).find(({ type }) => type === 'generation-started').restoreFaces).toBe(false);
  });

  test('an unknown model ends the run with 1 and the close name', async () => {
    const { code, stderr } = await runCli([
      'run',
      '--url',
      webUi.url,
      '--model',
      'demo-landscap',
      '--prompt',
      'x',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('"demo-landscape.safetensors"');
  });

  test('Ctrl-C lets the running generation finish and sums up', async () => {
    await using run = startCli(['run', '--json', '--url', webUi.url, ...job]);
    await run.waitForLine((line) => line.includes('"generation-started"'));
    run.kill('SIGINT');
    const { code, stdout } = await run.ended;
    expect(code).toBe(130);
    const told = events(stdout);
    const started = told
      .filter(({ type }) => type === 'generation-started')
      .map(({ generation }) => generation);
    const finished = told.filter(({ type }) => type === 'generation-finished');
    expect(finished.map(({ generation }) => generation)).toEqual(started);
    expect(finished.every(({ outcome }) => outcome === 'finished')).toBe(true);
    expect(told.at(-1)).toMatchObject({ type: 'summary' });
  });
});

describe('what is printed', () => {
  const shell = async (script: string) => {
    await using program = startProgram('/bin/sh', ['-c', script], {
      env: { SDLOOP: `"${process.execPath}" "${cliPath}"` },
    });
    return await program.ended;
  };

  test('to a reader that goes away early is the quiet end of a run', async () => {
    const args = `run --json --url ${webUi.url} --model demo-landscape --prompt x --steps 2`;
    const { stdout, stderr } = await shell(`eval "$SDLOOP ${args}; echo ended with \\$? >&2" | head -1`);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'connected' });
    expect(stderr).toBe('ended with 0\n');
  });

  test.skipIf(process.platform !== 'linux')('to a full disk is not lost in silence', async () => {
    for (const args of ['--help', `models --url ${webUi.url}`]) {
      const { code, stderr } = await shell(`eval "$SDLOOP ${args}" > /dev/full`);
      expect({ code, stderr }).toEqual({ code: 1, stderr: 'Standard output cannot be written (ENOSPC).\n' });
    }
  });
});

describe.concurrent('the built-in WebUI', () => {
  test('says its address and ends with its standard input', async () => {
    await using demo = startCli(['demo', '--port', '0', '--json', '--exit-with-stdin']);
    const { url } = JSON.parse(await demo.waitForLine((line) => line.includes('"listening"')));
    expect((await fetch(`${url}/sdapi/v1/sd-models`)).status).toBe(200);
    demo.closeInput();
    expect(await demo.ended).toMatchObject({ code: 0 });
    await expect(fetch(url)).rejects.toThrow();
  });

  test('a directory that cannot be is said', async () => {
    for (const directory of ['/dev/null', '/proc/nope']) {
      const { code, stderr } = await runCli(['demo', '--port', '0', '--data-dir', directory]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^The built-in WebUI cannot keep its files: .+ --data-dir .+\n$/);
    }
  });

  test('a port in use is said', async () => {
    const { code, stderr } = await runCli(['demo', '--port', new URL(webUi.url).port]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Port \d+ is in use already/);
  });

  test('run --demo brings it along, keeps its images and takes it down again', async () => {
    using home = makeTempDirectory();
    const { code, stdout } = await runCli(['run', '--demo', '--json', '--count', '1', ...job], {
      home: home.path,
    });
    expect(code).toBe(0);
    const told = events(stdout);
    await expect(fetch(told[0].url)).rejects.toThrow();
    const image = told.find(({ type }) => type === 'image');
    expect(image.path.startsWith(home.path)).toBe(true);
  });

  test('run --demo --family plays another WebUI, within its limits', async () => {
    const args = ['run', '--demo', '--family', 'koboldcpp', '--json', '--count', '2', ...job];
    const { code, stdout } = await runCli(args, { cwd: data.path });
    expect(code).toBe(0);
    const told = events(stdout);
    expect(told.find(({ type }) => type === 'connected')).toMatchObject({
      family: 'koboldcpp',
      version: '1.76',
    });
    const started = told.filter(({ type }) => type === 'generation-started');
    expect(started.map(({ batchSize, seeds }) => [batchSize, seeds.length])).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('models --demo lists what it has', async () => {
    const { code, stdout } = await runCli(['models', '--demo', '--json']);
    expect(code).toBe(0);
    expect(events(stdout)).toContainEqual(expect.objectContaining({ name: 'demo-landscape' }));
  });

  test('it does not outlive a run that is killed', async () => {
    await using run = startCli(['run', '--demo', '--json', ...job]);
    const { url } = JSON.parse(await run.waitForLine((line) => line.includes('"connected"')));
    run.kill('SIGKILL');
    await run.ended;
    await waitFor(() =>
      fetch(url).then(
        () => false,
        () => true,
      ),
    );
  });
});

test('images says of an empty directory that it is', async () => {
  using home = makeTempDirectory();
  const { code, stdout, stderr } = await runCli(['images', '--json', '--output-dir', home.path]);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: '',
    stderr: `There are no images in ${home.path} yet.\n`,
  });
});

describe('config', () => {
  test('keeps what is set, hides passwords, and says where', async () => {
    using home = makeTempDirectory();
    const config = (...args: string[]) => performCli(['config', ...args], { home: home.path });
    const path = (await runCli(['config', 'path'], { home: home.path })).stdout.trim();
    expect(await config('set', 'negative-prompt', 'blurry, 模糊')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: '',
    });
    await config('set', 'auth', 'me:secret');
    await config('set', 'steps', '30');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await config('get')).stdout).toBe('auth = ***\nnegative-prompt = blurry, 模糊\nsteps = 30\n');
    expect((await config('get', 'auth')).stdout).toBe('***\n');
    await config('set', 'token', 's3cret-token');
    await config('set', 'headers', 'X-Key: s3cret-key\nX-Other: s3cret');
    expect((await config('get', 'token')).stdout).toBe('***\n');
    expect((await config('get', 'headers')).stdout).toBe('X-Key: ***, X-Other: ***\n');
    expect((await config('get', '--json')).stdout).not.toContain('s3cret');
    expect((await config('set', 'headers', 's3cret')).stderr).not.toContain('s3cret');
    expect((await config('get', 'width')).stdout).toBe('480\n');
    await config('set', 'steps');
    expect((await config('get', 'steps')).stdout).toBe('20\n');
    expect(await config('set', 'steps', '0')).toMatchObject({
      code: 2,
      stderr: 'steps must be a whole number from 1 to 150.\n',
    });
    expect((await config('set', 'stesp', '1')).stderr).toContain('Did you mean steps?');
    expect(readdirSync(join(path, '..'))).toEqual(['config.json']);
  });

  test('tells what the screen last used, and a directory from wherever it was set', async () => {
    using home = makeTempDirectory();
    const config = (...args: string[]) =>
      performCli(['config', ...args], { home: home.path, cwd: dirname(home.path) });
    await config('set', 'output-dir', 'pictures');
    const path = (await config('path')).stdout.trim();
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...kept, lastUsed: { steps: 30, prompt: 'dusk' } }));
    const directory = join(dirname(home.path), 'pictures');
    expect((await config('get')).stdout).toBe(
      `prompt = dusk (last used on the screen)\nsteps = 30 (last used on the screen)\noutput-dir = ${directory}\n`,
    );
    expect((await config('get', 'prompt')).stdout).toBe('dusk\n');
    // A run does not follow the screen.
    expect(events((await config('get', 'steps', '--json')).stdout)).toMatchObject([
      { name: 'steps', value: 20, from: 'default' },
    ]);
    await config('set', 'steps', '25');
    expect((await config('get')).stdout).toContain('\nsteps = 25\n');
  });
});

describe('the compiled program', () => {
  /** Not kept by Node itself, as for the other tests. */
  const own = { NODE_COMPILE_CACHE: '' };

  test('is kept for the next start', async () => {
    using home = makeTempDirectory();
    await runCli(['config', 'path'], { home: home.path, env: own });
    const kept = readdirSync(join(home.path, '.cache/sdloop/compiled'), { recursive: true });
    expect(kept.length).toBeGreaterThan(3);
  });

  test('is not missed where it cannot be kept', async () => {
    expect(await runCli(['config', 'path'], { env: { ...own, XDG_CACHE_HOME: '/dev/null' } })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });
});
