import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WebUi } from '../../source/generation/webui.ts';
import { chooseSaving, type SavingPreference } from '../../source/runner/choose-saving.ts';
import { webUi } from '../engine/fake-world.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

const auto = { choice: 'auto', outputDirectory: null } as const;

function installed(changes: Partial<WebUi> = {}): WebUi {
  const install = tempDirectoryInTest();
  const filename = join(install, 'models', 'Stable-diffusion', 'dream.safetensors');
  mkdirSync(join(install, 'models', 'Stable-diffusion'), { recursive: true });
  writeFileSync(filename, '');
  return {
    ...webUi,
    checkpoints: [{ title: 'dream.safetensors', name: 'dream', hash: null, filename }],
    outputDirectory: join(install, 'outputs', 'txt2img-images'),
    ...changes,
  };
}

const workingDirectory = '/home/somebody';

function chosen(found: WebUi, preference: Omit<SavingPreference, 'workingDirectory'>) {
  const result = chooseSaving(found, { ...preference, workingDirectory });
  return result.ok ? { by: result.value.by, directory: result.value.directory } : result.failure.kind;
}

describe('by itself', () => {
  test('a WebUI of this machine saves, also before its first image made the directory', () => {
    const found = installed();
    expect(chosen(found, auto)).toEqual({ by: 'server', directory: found.outputDirectory });
  });

  test.each([
    [
      'a directory that is not here, as at the end of a tunnel',
      { outputDirectory: '/not/here/txt2img-images', checkpoints: [] },
    ],
    ['another machine', { url: 'http://192.0.2.7:7860' }],
    ['a directory that it does not tell', { outputDirectory: null }],
    ['files that could not be found again', { isOutputFollowable: false }],
    ['a family that saves nothing', { canSave: false }],
  ] as const)('%s: saved here', (_, changes) => {
    expect(chosen(installed(changes as Partial<WebUi>), auto)).toEqual({
      by: 'client',
      directory: '/home/somebody/outputs/txt2img-images',
    });
  });

  test('a directory that was named is where images are saved here', () => {
    expect(chosen(installed(), { choice: 'auto', outputDirectory: '/keep' })).toEqual({
      by: 'client',
      directory: '/keep/txt2img-images',
    });
  });
});

describe('told to', () => {
  test('the server saves where it says, or where its directory is seen from here', () => {
    const found = installed();
    expect(chosen(found, { choice: 'server', outputDirectory: null })).toMatchObject({ by: 'server' });
    const seen = tempDirectoryInTest();
    expect(chosen(found, { choice: 'server', outputDirectory: seen })).toEqual({
      by: 'server',
      directory: seen,
    });
  });

  test('the server in a directory that is not here is a failure at once', () => {
    const preference = { choice: 'server', outputDirectory: '/not/here/outputs' } as const;
    expect(chosen(installed(), preference)).toBe('directory-unwritable');
  });

  test('the server without a known directory is a failure that says what to do', () => {
    const found = installed({ outputDirectory: null });
    expect(chosen(found, { choice: 'server', outputDirectory: null })).toBe('directory-unwritable');
  });
});
