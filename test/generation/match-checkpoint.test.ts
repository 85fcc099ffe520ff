import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../source/generation/checkpoint.ts';
import { matchCheckpoint } from '../../source/generation/match-checkpoint.ts';

const dream: Checkpoint = {
  title: 'anime/dream_8.safetensors [0ba8a68088]',
  name: 'anime_dream_8',
  hash: '0ba8a68088',
  filename: '/sd/models/Stable-diffusion/anime/dream_8.safetensors',
};
const unhashed: Checkpoint = {
  title: '写实 v1.0.ckpt',
  name: '写实 v1.0',
  hash: null,
  filename: '/sd/models/Stable-diffusion/写实 v1.0.ckpt',
};
const windows: Checkpoint = {
  title: 'sub\\Real.safetensors [1111111111]',
  name: 'sub_Real',
  hash: '1111111111',
  filename: 'D:\\sd\\models\\sub\\Real.safetensors',
};
/** KoboldCpp's titles have no extension. */
const bare: Checkpoint = { title: 'sd_xl_1.0', name: 'sd_xl_1.0', hash: null, filename: null };
const checkpoints = [dream, unhashed, windows, bare];

function found(asked: string, among: readonly Checkpoint[] = checkpoints): Checkpoint | null {
  const match = matchCheckpoint(among, asked);
  return match.kind === 'found' ? match.checkpoint : null;
}

function suggested(asked: string, among: readonly Checkpoint[] = checkpoints): readonly string[] | null {
  const match = matchCheckpoint(among, asked);
  return match.kind === 'unknown' ? match.suggestions : null;
}

describe('a checkpoint is found by', () => {
  test.each([
    ['its title', 'anime/dream_8.safetensors [0ba8a68088]', dream],
    ['its title without the hash', 'anime/dream_8.safetensors', dream],
    ['its path below the folder without the extension', 'anime/dream_8', dream],
    ['its whole path', '/sd/models/Stable-diffusion/anime/dream_8.safetensors', dream],
    ['its file name', 'dream_8.safetensors', dream],
    ['its model name', 'anime_dream_8', dream],
    ['its stem', 'dream_8', dream],
    ['its stem with the hash', 'dream_8 [0ba8a68088]', dream],
    ['its short hash', '0ba8a68088', dream],
    ['its whole hash', '0ba8a68088dee730f1cef8fbf411a1534cde28636d843ef8d79424d0c16337d1', dream],
    ['its hash in capitals', '0BA8A68088', dream],
    ['another case', 'Dream_8', dream],
    ['the other separator', 'anime\\dream_8.safetensors', dream],
    ['spaces around it', '  dream_8 ', dream],
    ['an old title from before it was hashed', '写实 v1.0.ckpt', unhashed],
    [
      'a title that was remembered with a hash, when the server has none yet',
      '写实 v1.0.ckpt [2222222222]',
      unhashed,
    ],
    ['a stem with a dot in it', '写实 v1.0', unhashed],
    ['a Windows title with our separator', 'sub/Real.safetensors', windows],
    ['a Windows file name', 'Real.safetensors', windows],
    ['an old 8-digit hash behind the name', 'sub/Real.safetensors [deadbeef]', windows],
    ['a title without extension', 'sd_xl_1.0', bare],
  ])('%s', (_, asked, checkpoint) => {
    expect(found(asked)).toBe(checkpoint);
  });
});

test('another version of the file is not the one that was asked for', () => {
  expect(suggested('anime/dream_8.safetensors [9999999999]')).toEqual(['anime/dream_8.safetensors']);
});

test('an unknown name brings names that can be asked for', () => {
  expect(suggested('draem_8')).toEqual(['anime/dream_8.safetensors']);
  expect(suggested('写实 v2.safetensors')).toEqual(['写实 v1.0.ckpt']);
  expect(suggested('something else')).toEqual([]);
  expect(suggested('')).toEqual([]);
  expect(suggested('dream', [])).toEqual([]);
});

describe('a name that several share', () => {
  const at = (title: string, hash: string | null = null): Checkpoint => ({
    title: hash === null ? title : `${title} [${hash}]`,
    name: title.replace('/', '_').replace('.safetensors', ''),
    hash,
    filename: null,
  });

  test('finds none of them, and tells their paths', () => {
    const both = [at('a/dream.safetensors'), at('b/dream.safetensors')];
    expect(suggested('dream', both)).toEqual(['a/dream.safetensors', 'b/dream.safetensors']);
    expect(found('b/dream', both)).toBe(both[1]);
  });

  test('means the one in the main folder where there is one', () => {
    const both = [at('a/dream.safetensors'), at('dream.safetensors')];
    expect(found('dream.safetensors', both)).toBe(both[1]);
    expect(found('dream', both)).toBe(both[1]);
  });

  test('is told apart by case before case is forgotten', () => {
    const both = [at('Dream.safetensors'), at('dream.safetensors')];
    expect(found('dream', both)).toBe(both[1]);
    expect(suggested('DREAM', both)).toEqual(['Dream.safetensors', 'dream.safetensors']);
  });

  test('is told apart by the hash where even the paths are equal', () => {
    const both = [at('dream.safetensors', 'aaaaaaaaaa'), at('dream.safetensors', 'bbbbbbbbbb')];
    expect(found('dream.safetensors [bbbbbbbbbb]', both)).toBe(both[1]);
    expect(suggested('dream', both)).toEqual([
      'dream.safetensors [aaaaaaaaaa]',
      'dream.safetensors [bbbbbbbbbb]',
    ]);
  });
});

test('every suggestion can be asked for', () => {
  for (const asked of ['dre', 'sdxl', 'anime/drem_8', 'real_', '写'])
    for (const suggestion of suggested(asked) ?? []) expect(found(suggestion)).not.toBeNull();
});
