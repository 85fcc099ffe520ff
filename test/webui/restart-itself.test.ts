import { describe, expect, test } from 'vitest';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import type { DemoFamilyName } from '../../source/demo/family-names.ts';
import { startWebUi } from '../demo/webui-fixture.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { type Answer, json, openClient, startServer } from './scripted-server.ts';

describe('whether a WebUI can restart itself', () => {
  const families: [DemoFamilyName, boolean][] = [
    ['a1111', true],
    ['forge', true],
    ['forge-neo', true],
    ['sdnext', false],
    ['koboldcpp', false],
  ];

  test.each(families)('is found without asking it to: %s', async (family, expected) => {
    const webUi = await startWebUi({ family, apiServerStop: 'by-script' });
    expect(await openClient(webUi.url).probe()).toMatchObject({ value: { canRestartItself: expected } });
    expect(webUi.restartCount()).toBe(0);
  });

  test('it cannot without --api-server-stop', async () => {
    const webUi = await startWebUi();
    expect(await openClient(webUi.url).probe()).toMatchObject({ value: { canRestartItself: false } });
  });
});

describe('asked to restart itself', () => {
  test('it ends in place of an answer, which is a yes', async () => {
    const webUi = await startWebUi({ apiServerStop: 'by-script', restartMs: 0 });
    expect(await openClient(webUi.url).restart()).toEqual({ ok: true, value: null });
    await expect.poll(() => webUi.restartCount()).toBe(1);
  });

  test('it says no where it was not started by its script', async () => {
    const webUi = await startWebUi({ apiServerStop: 'by-hand' });
    expect(await openClient(webUi.url).restart()).toEqual({
      ok: false,
      failure: {
        kind: 'restart-failed',
        detail: 'it cannot restart itself, since it was not started by its script (webui.sh)',
      },
    });
  });

  const answers: [string, Answer, boolean][] = [
    ['the page of a proxy that lost it', { status: 502, body: '<html></html>' }, true],
    ['that there is no such path', json({ detail: 'Not Found' }, 404), false],
    ['that a password is missing', json({ detail: 'Not authenticated' }, 401), false],
  ];

  test.each(answers)('and answered by %s', async (_, answer, isYes) => {
    const { url } = await startServer(() => answer);
    expect((await openClient(url).restart()).ok).toBe(isYes);
  });

  test('and not there at all has not restarted', async () => {
    const webUi = await startBuiltInWebUi({ dataDirectory: tempDirectoryInTest(), loadMs: 0 });
    await webUi.close();
    expect(await openClient(webUi.url).restart()).toMatchObject({ failure: { kind: 'restart-failed' } });
  });
});
