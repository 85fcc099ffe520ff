import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { configDirectory, demoDirectory } from '../../source/settings/directories.ts';
import { planOf, rememberAddress, rememberPlan } from '../../source/settings/last-used.ts';
import { resolveSettings } from '../../source/settings/resolve.ts';
import { openSettings } from '../../source/settings/settings-store.ts';

let home: string;
let path: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sdloop-settings-'));
  path = join(home, 'sdloop', 'config.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = () => openSettings({ XDG_CONFIG_HOME: home });

function writeFile(text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

describe('places', () => {
  test('follow XDG, and a relative XDG directory is ignored as its specification says', () => {
    expect(configDirectory({ XDG_CONFIG_HOME: '/x', HOME: '/h' })).toBe('/x/sdloop');
    expect(configDirectory({ XDG_CONFIG_HOME: 'x', HOME: '/h' })).toBe('/h/.config/sdloop');
    expect(demoDirectory({ HOME: '/h' })).toBe('/h/.local/share/sdloop/demo');
  });
});

test('without a file there are no settings and nothing to say, and reading writes nothing', () => {
  const store = open();
  expect(store.notices).toEqual([]);
  expect(store.file.settings).toEqual({});
  expect(store.path).toBe(path);
  expect(existsSync(dirname(path))).toBe(false);
});

test('what is kept is read again, in a file that only its owner can read', async () => {
  expect(await open().change(() => ({ settings: { auth: 'me:secret', steps: 30 } }))).toBeNull();
  expect(open().file.settings).toEqual({ auth: 'me:secret', steps: 30 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a file that others could read is closed when it is written', async () => {
  writeFile('{"settings":{"steps":30}}');
  chmodSync(path, 0o644);
  await open().change(({ settings }) => ({ settings: { ...settings, auth: 'me:secret' } }));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a change is made to the file as it is now, not as it was at the start', async () => {
  const first = open();
  await open().change(() => ({ settings: { steps: 30 } }));
  await first.change(({ settings }) => ({ settings: { ...settings, width: 512 } }));
  expect(open().file.settings).toEqual({ steps: 30, width: 512 });
});

test('a change that changes nothing leaves the file alone', async () => {
  await open().change(() => ({ settings: { steps: 30 } }));
  const { ino } = statSync(path);
  expect(await open().change(({ settings }) => ({ settings: { ...settings, steps: 30 } }))).toBeNull();
  expect(statSync(path).ino).toBe(ino);
});

test('what a newer version wrote beside it survives a change', async () => {
  writeFile('{"futureIdea":[1]}');
  await open().change(() => ({ settings: { steps: 30 } }));
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ futureIdea: [1], settings: { steps: 30 } });
});

describe('a broken file', () => {
  test.each(['{"settings": {', '', '[]', '"text"', 'null', '\u0000\u0001'])(
    '%j is kept aside and said',
    (text) => {
      writeFile(text);
      const store = open();
      expect(store.file.settings).toEqual({});
      const [kept] = readdirSync(dirname(path));
      expect(kept).toMatch(/^config\.broken-[\dTZ-]+\.json$/);
      expect(readFileSync(join(dirname(path), kept ?? ''), 'utf8')).toBe(text);
      expect(store.notices).toEqual([expect.stringContaining(kept ?? '')]);
      expect(open().notices).toEqual([]);
    },
  );

  test('one wrong value costs only itself', () => {
    writeFile(
      '{"settings":{"steps":"many","width":512,"later":1},"promptHistory":7,"lastUsed":{"seed":"dice"}}',
    );
    const store = open();
    expect(store.file).toMatchObject({ settings: { width: 512 }, lastUsed: {}, promptHistory: [] });
    expect(store.notices).toEqual([
      `"steps" in ${path} must be a whole number from 1 to 150; it is ignored.`,
      expect.stringMatching(/^"seed" in .* must be random/),
    ]);
    expect(existsSync(path)).toBe(true);
  });
});

describe('a file that cannot be used', () => {
  test('is said, not fatal, when it cannot be read', () => {
    mkdirSync(path, { recursive: true });
    expect(open().notices).toEqual([
      `The settings in ${path} cannot be read (not a file); defaults are used.`,
    ]);
  });

  test('is said, not fatal, when it cannot be written', async () => {
    writeFileSync(join(home, 'sdloop'), 'a file where the directory should be');
    const store = open();
    expect(store.notices).toEqual([]);
    expect(await store.change(() => ({ settings: { steps: 30 } }))).toContain(
      `The settings cannot be kept in ${path}`,
    );
  });
});

describe('what was last used', () => {
  const plan = {
    checkpoint: 'dreamshaper_8.safetensors [0123456789]',
    parameters: { ...defaultParameters, prompt: '一只猫', sampler: 'Euler a', steps: 30 },
    seed: { kind: 'fixed', seed: 7 },
    goal: null,
  } as const;

  test('comes back as the same plan', async () => {
    await open().change(rememberPlan(plan));
    const { settings, lastUsed } = open().file;
    const resolved = resolveSettings({ flags: {}, environment: {}, lastUsed, file: settings });
    expect(planOf(resolved, null)).toEqual(plan);
  });

  test('keeps the newest 200 prompts once each, newest first', async () => {
    const prompts = Array.from({ length: 205 }, (_, index) => `prompt ${index}`);
    writeFile(JSON.stringify({ promptHistory: prompts }));
    const again = { ...plan, parameters: { ...plan.parameters, prompt: 'prompt 3' } };
    await open().change(rememberPlan(again));
    const { promptHistory } = open().file;
    expect(promptHistory).toHaveLength(200);
    expect(promptHistory.slice(0, 4)).toEqual(['prompt 3', 'prompt 0', 'prompt 1', 'prompt 2']);
    expect(promptHistory.filter((prompt) => prompt === 'prompt 3')).toHaveLength(1);
  });

  test('a new address drops the credentials of the old one', async () => {
    await open().change(rememberAddress('http://a', 'me:secret'));
    await open().change(rememberAddress('http://b', null));
    expect(open().file.settings).toEqual({ url: 'http://b' });
    const others = {
      token: 't',
      headers: 'X-Key: 1',
      authFile: '/a',
      clientCert: '/c',
      clientKey: '/k',
      insecure: true,
    };
    await open().change(({ settings }) => ({ settings: { ...settings, ...others, steps: 30 } }));
    await open().change(rememberAddress('http://b', null));
    expect(open().file.settings).toEqual({ url: 'http://b', ...others, steps: 30 });
    await open().change(rememberAddress('http://c', null));
    expect(open().file.settings).toEqual({ url: 'http://c', steps: 30 });
  });
});

test('a file that an editor began with a byte order mark is read and changed', async () => {
  writeFile('\ufeff{"settings":{"steps":30}}');
  expect(open()).toMatchObject({ notices: [], file: { settings: { steps: 30 } } });
  expect(await open().change(({ settings }) => ({ settings: { ...settings, width: 512 } }))).toBeNull();
  expect(open().file.settings).toEqual({ steps: 30, width: 512 });
});

test('what is no file is not read, since a pipe or a device may never end', () => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync('/dev/zero', path);
  expect(open()).toMatchObject({
    notices: [`The settings in ${path} cannot be read (not a file); defaults are used.`],
    file: { settings: {} },
  });
});

test.skipIf(process.platform !== 'linux')('where no directory can be made, that is said', async () => {
  // Node's recursive mkdir never comes back here.
  const store = openSettings({ XDG_CONFIG_HOME: '/proc/nope' });
  expect(store.notices).toEqual([]);
  expect(await store.change(() => ({ settings: { steps: 5 } }))).toMatch(
    /^The settings cannot be kept in \/proc\/nope\/sdloop\/config.json: ENOENT/,
  );
});
