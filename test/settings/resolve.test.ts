import { expect, test } from 'vitest';
import { readEnvironment } from '../../source/settings/environment.ts';
import { type Layers, resolveSettings } from '../../source/settings/resolve.ts';
import { environmentVariableOf, flagOf, settingNames } from '../../source/settings/setting-names.ts';

const nothing: Layers = { flags: {}, environment: {}, lastUsed: {}, file: {} };

test('a flag beats the environment, which beats what was last used, which beats the file, which beats the default', () => {
  const layers = { ...nothing };
  expect(resolveSettings(layers).steps).toBe(20);
  layers.file = { steps: 21 };
  expect(resolveSettings(layers).steps).toBe(21);
  layers.lastUsed = { steps: 22 };
  expect(resolveSettings(layers).steps).toBe(22);
  layers.environment = { steps: 23 };
  expect(resolveSettings(layers).steps).toBe(23);
  layers.flags = { steps: 24 };
  expect(resolveSettings(layers).steps).toBe(24);
});

test('an explicit false is a decision, not an absence', () => {
  expect(resolveSettings({ ...nothing, flags: { restoreFaces: false } }).restoreFaces).toBe(false);
});

test('without anything the seed document applies, and no model or prompt is invented', () => {
  const settings = resolveSettings(nothing);
  expect(settings).toMatchObject({
    width: 480,
    height: 270,
    batchSize: 4,
    restoreFaces: true,
    seed: 'random',
  });
  expect(settings.url).toBe('http://127.0.0.1:7860');
  expect(settings.model).toBeUndefined();
  expect(settings.prompt).toBeUndefined();
});

test('credentials kept for one address are not sent to another', () => {
  const file = { url: 'http://gpu:7860', auth: 'me:secret' };
  expect(resolveSettings({ ...nothing, file }).auth).toBe('me:secret');
  expect(resolveSettings({ ...nothing, file, flags: { url: 'http://else:7860' } }).auth).toBeUndefined();
  expect(
    resolveSettings({ ...nothing, file, environment: { url: 'http://else:7860' } }).auth,
  ).toBeUndefined();
  const flags = { url: 'http://else:7860', auth: 'other:word' };
  expect(resolveSettings({ ...nothing, file, flags }).auth).toBe('other:word');
});

test('a token, headers and an auth file are as little sent to another address as a password', () => {
  const secrets = { token: 't', headers: 'X-Key: 1' };
  const file = { url: 'http://gpu:7860', ...secrets };
  expect(resolveSettings({ ...nothing, file })).toMatchObject(secrets);
  const elsewhere = resolveSettings({ ...nothing, file, flags: { url: 'http://else:7860' } });
  expect(elsewhere.token ?? elsewhere.headers).toBeUndefined();
  const environment = { url: 'http://gpu:7860', ...secrets, authFile: 'x' };
  const other = resolveSettings({ ...nothing, environment, flags: { url: 'https://gpu:7860' } });
  expect(other.token ?? other.headers ?? other.authFile).toBeUndefined();
  // Without an address beside it, it is meant for whichever is named.
  expect(
    resolveSettings({ ...nothing, environment: secrets, flags: { url: 'http://else:7860' } }),
  ).toMatchObject(secrets);
});

test('a client certificate is shown to no other address, and comes with its own key', () => {
  const file = { url: 'http://gpu:7860', clientCert: '/c', clientKey: '/k' };
  expect(resolveSettings({ ...nothing, file })).toMatchObject({ clientCert: '/c', clientKey: '/k' });
  const elsewhere = resolveSettings({ ...nothing, file, flags: { url: 'http://else:7860' } });
  expect(elsewhere.clientCert ?? elsewhere.clientKey).toBeUndefined();
  const own = resolveSettings({ ...nothing, file, flags: { clientCert: '/both' } });
  expect([own.clientCert, own.clientKey]).toEqual(['/both', undefined]);
});

test('one way to be let in replaces another from below, which would be sent beside it', () => {
  const file = { token: 't', headers: 'X-Key: 1' };
  const settings = resolveSettings({ ...nothing, file, flags: { auth: 'me:word' } });
  expect(settings).toMatchObject({ auth: 'me:word', headers: 'X-Key: 1' });
  expect(settings.token).toBeUndefined();
});

test('every setting has a flag and a variable of its own', () => {
  expect(flagOf('negativePrompt')).toBe('--negative-prompt');
  expect(environmentVariableOf('cfgScale')).toBe('SDLOOP_CFG_SCALE');
  expect(new Set(settingNames.map(environmentVariableOf)).size).toBe(settingNames.length);
});

test('the environment is read with the same ranges, and an empty variable decides nothing', () => {
  expect(
    readEnvironment({ SDLOOP_STEPS: '30', SDLOOP_RESTORE_FACES: 'no', SDLOOP_MODEL: '', PATH: '/bin' }),
  ).toEqual({ ok: true, value: { steps: 30, restoreFaces: false } });
  expect(readEnvironment({ SDLOOP_STEPS: '0' })).toEqual({
    ok: false,
    message: 'SDLOOP_STEPS must be a whole number from 1 to 150.',
  });
});

test('a restart command kept for one address starts nothing for another', () => {
  const file = { url: 'http://gpu:7860', restartCommand: './webui.sh --api' };
  expect(resolveSettings({ ...nothing, file }).restartCommand).toBe('./webui.sh --api');
  const flags = { url: 'http://else:7860' };
  expect(resolveSettings({ ...nothing, file, flags }).restartCommand).toBeUndefined();
  const both = { ...flags, restartCommand: 'systemctl --user restart webui' };
  expect(resolveSettings({ ...nothing, file, flags: both }).restartCommand).toBe(both.restartCommand);
});
