import { expect, test } from 'vitest';
import { usualHires } from '../../source/generation/asked.ts';
import type { Family } from '../../source/generation/family.ts';
import { traitsOf } from '../../source/webui/families/traits-of.ts';
import { toTxt2imgRequest } from '../../source/webui/wire/txt2img-request.ts';
import { generationOf } from '../ledger/notices-in-test.ts';

const groundOf = (family: Family) => ({
  options: null,
  hasSchedulers: true,
  checkpointChoice: 'each-request' as const,
  hiresFields: traitsOf(family).hiresFields,
});

test('a generation of the plan names neither a second seed nor a second pass', () => {
  const body = toTxt2imgRequest(generationOf(1), 'server', groundOf('forge'));
  expect(Object.keys(body).filter((name) => /subseed|hr|denoising/.test(name))).toEqual([]);
});

test('a variation sends its second seed and its strength, and the first seed as it was', () => {
  const asked = { variation: { subseed: 77, strength: 0.3 }, hires: null };
  expect(toTxt2imgRequest({ ...generationOf(1), asked }, 'server', groundOf('a1111'))).toMatchObject({
    seed: 1010,
    subseed: 77,
    subseed_strength: 0.3,
  });
});

test.each<[Family, object]>([
  ['a1111', {}],
  ['forge', { hr_cfg: 5, hr_additional_modules: ['Use same choices'] }],
  ['forge-neo', { hr_cfg: 5, hr_additional_modules: ['Use same choices'] }],
  ['reforge', { hr_cfg: 5 }],
  ['sdnext', {}],
])('a second pass on %s has the fields that this family needs', (family, own) => {
  const generation = { ...generationOf(1, { cfgScale: 5 }), asked: { variation: null, hires: usualHires } };
  const body = toTxt2imgRequest(generation, 'server', groundOf(family));
  const fields = Object.fromEntries(
    Object.entries(body).filter(([name]) => /^(enable_)?hr|denoising/.test(name)),
  );
  expect(fields).toEqual({
    enable_hr: true,
    hr_scale: 2,
    hr_upscaler: 'Latent',
    hr_second_pass_steps: 0,
    denoising_strength: 0.5,
    ...own,
  });
});
