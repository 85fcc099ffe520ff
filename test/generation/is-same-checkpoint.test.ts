import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../source/generation/checkpoint.ts';
import { isSameCheckpoint } from '../../source/generation/is-same-checkpoint.ts';

const hashed: Checkpoint = {
  title: 'sub/dream.safetensors [0ba8a68088]',
  name: 'sub_dream',
  hash: '0ba8a68088',
  filename: '/sd/sub/dream.safetensors',
};
const unhashed: Checkpoint = { ...hashed, title: 'sub/dream.safetensors', hash: null };
const windows: Checkpoint = {
  ...unhashed,
  title: 'sub\\dream.safetensors',
  filename: 'D:\\sd\\sub\\dream.safetensors',
};

describe('the same checkpoint', () => {
  test.each([
    ['the stem and hash of A1111 and Forge', hashed, 'dream', '0ba8a68088'],
    ['a whole hash', hashed, 'dream', '0ba8a68088dee730f1cef8fbf411a1534cde28636d843ef8d79424d0c16337d1'],
    ['the stem alone', hashed, 'dream', null],
    ['the model name, with its separators replaced', unhashed, 'sub_dream', null],
    ['the file name of stable-diffusion.cpp', unhashed, 'dream.safetensors', null],
    ['the title', unhashed, 'sub/dream.safetensors [0ba8a68088]', null],
    ['a hash that came with the first load', unhashed, 'dream', '0ba8a68088'],
    ['a Windows path', windows, 'sub\\dream', null],
    ['another case', unhashed, 'Dream', null],
  ])('%s', (_, checkpoint, name, hash) => {
    expect(isSameCheckpoint(checkpoint, name, hash)).toBe('same');
  });
});

describe('another checkpoint', () => {
  test('has another hash, even under the same stem', () => {
    expect(isSameCheckpoint(hashed, 'dream', 'ffffffffff')).toBe('other');
  });

  test('has another name', () => {
    expect(isSameCheckpoint(unhashed, 'dream2', null)).toBe('other');
    expect(isSameCheckpoint(unhashed, 'drea', 'ffffffffff')).toBe('other');
  });
});

test('an answer that names none leaves it open', () => {
  expect(isSameCheckpoint(hashed, null, null)).toBe('unknown');
  expect(isSameCheckpoint(hashed, '', '')).toBe('unknown');
  expect(isSameCheckpoint(unhashed, null, '0ba8a68088')).toBe('unknown');
});
