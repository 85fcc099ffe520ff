import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../source/generation/checkpoint.ts';
import { outputDirectory } from '../../source/webui/output-directory.ts';

function checkpointAt(filename: string | null): Checkpoint {
  return { title: 'a', name: 'a', hash: null, filename };
}

const here = [checkpointAt('/srv/sd/models/Stable-diffusion/sub/a.safetensors')];
const relative = 'outputs/txt2img-images';

describe('the output directory', () => {
  test.each([
    ['an absolute one', '/mnt/images/', null, [], '/mnt/images'],
    ['one of Windows', 'D:\\images', null, here, 'D:\\images'],
    ['a share of Windows', '\\\\nas\\images', null, here, '\\\\nas\\images'],
    [
      'by the default config',
      relative,
      { config: '/opt/sd/configs/v1-inference.yaml', data_dir: '/data' },
      here,
      '/opt/sd/outputs/txt2img-images',
    ],
    [
      'by the data directory',
      relative,
      { config: '/etc/own.yaml', data_dir: '/data' },
      here,
      '/data/outputs/txt2img-images',
    ],
    ['by a checkpoint', relative, null, [checkpointAt(null), ...here], '/srv/sd/outputs/txt2img-images'],
    [
      'by a checkpoint of Windows',
      'outputs\\txt2img-images',
      null,
      [checkpointAt('C:\\sd\\models\\Stable-diffusion\\a.safetensors')],
      'C:\\sd\\outputs\\txt2img-images',
    ],
    ['above the install folder', '../images', null, here, '/srv/images'],
    [
      'with nothing to go by',
      relative,
      { config: null, data_dir: 'data' },
      [checkpointAt('/models/a.ckpt')],
      null,
    ],
    ['that ends nowhere', '/a/../../../etc/./', null, here, '/etc'],
    ['with a NUL', '/srv\0/images', null, here, null],
    ['with a line break', 'outputs\n/etc', null, here, null],
    ['that would move the cursor', '/srv/\u001b[2J', null, here, null],
    ['without end', `/${'x'.repeat(100_000)}`, null, here, null],
    ['below a folder without end', relative, { config: null, data_dir: `/${'y/'.repeat(50_000)}` }, [], null],
    ['below a checkpoint with a NUL', relative, null, [checkpointAt('/a\0/models/Stable-diffusion/x')], null],
    ['that is empty', '', null, here, null],
    ['that is not told', null, null, here, null],
  ])('%s', (_, outdir, flags, checkpoints, expected) => {
    expect(outputDirectory(outdir, flags, checkpoints)).toBe(expected);
  });
});
