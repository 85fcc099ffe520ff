import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInfotext, type Infotext, parseInfotext } from '../../source/generation/infotext.ts';

const infotext: Infotext = {
  prompt: 'a lighthouse on a cliff, oil painting',
  negativePrompt: 'blurry, lowres',
  steps: 2,
  sampler: 'DPM++ 2M',
  scheduler: 'Karras',
  cfgScale: 7,
  seed: 42,
  width: 64,
  height: 64,
  modelHash: '0ba8a68088',
  model: 'random-sd15',
  version: 'f2.0.1v1.10.1-1.10.1',
  others: new Map(),
};

/** As Forge wrote it into a file. */
const fromForge = [
  'a lighthouse on a cliff, oil painting',
  'Negative prompt: blurry, lowres',
  'Steps: 2, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7.0, Seed: 42, Size: 64x64, Model hash: 0ba8a68088, Model: random-sd15, Version: f2.0.1v1.10.1-1.10.1',
].join('\n');

describe('what real servers write', () => {
  test('Forge, read and written alike', () => {
    expect(parseInfotext(fromForge)).toEqual(infotext);
    expect(formatInfotext(infotext)).toBe(fromForge);
  });

  test('Forge, with a prompt of several lines and no negative one', () => {
    const parsed = parseInfotext(
      '猫と灯台 — café "quoted"\nsecond line, (weighted:1.2) [less] <lora:foo:0.5>\nSteps: 2, Sampler: Euler, Schedule type: Automatic, CFG scale: 7.0, Seed: 42, Size: 64x64, Clip skip: 2',
    );
    expect(parsed.prompt).toBe('猫と灯台 — café "quoted"\nsecond line, (weighted:1.2) [less] <lora:foo:0.5>');
    expect(parsed).toMatchObject({ negativePrompt: '', seed: 42, scheduler: 'Automatic', model: null });
    expect(parsed.others).toEqual(new Map([['Clip skip', '2']]));
  });

  test('stable-diffusion.cpp, whose nested JSON does not pass for parameters', () => {
    const parsed = parseInfotext(
      'a lighthouse\nSteps: 4, CFG scale: 7.000000, Guidance: 3.500000, Seed: 42, Size: 64x64, Model: random-micro.safetensors, Sampler: NONE, Version: stable-diffusion.cpp, SDCPP: {"clip_skip":-1,"Seed":7,"height":640}',
    );
    expect(parsed).toMatchObject({ seed: 42, cfgScale: 7, width: 64, height: 64, sampler: 'NONE' });
  });

  test('quoted values', () => {
    const parsed = parseInfotext(
      'x\nSteps: 24, Sampler: Euler, Seed: 1, Lora hashes: "ink: abcdef012345, fog: 0123", Hires prompt: "two\\nlines", Version: v1.10.1',
    );
    expect(parsed.others.get('Lora hashes')).toBe('ink: abcdef012345, fog: 0123');
    expect(parsed.others.get('Hires prompt')).toBe('two\nlines');
    expect(parsed.version).toBe('v1.10.1');
  });
});

test('face restoration stands where A1111 writes it, other keys before the version', () => {
  const others = new Map([
    ['Clip skip', '2'],
    ['Face restoration', 'GFPGAN'],
  ]);
  expect(formatInfotext({ ...infotext, others })).toMatch(
    /Seed: 42, Face restoration: GFPGAN, Size: 64x64, .*, Clip skip: 2, Version: /,
  );
});

describe('a hostile or broken text', () => {
  test('without parameters is all prompt', () => {
    expect(parseInfotext('just words: here')).toMatchObject({ prompt: 'just words: here', seed: null });
    expect(parseInfotext('')).toMatchObject({ prompt: '', negativePrompt: '', steps: null });
  });

  test('cannot change the parameters from within the prompt', () => {
    const prompt = 'a cat\nSteps: 99, Sampler: evil, Seed: 666, Size: 1x1';
    expect(parseInfotext(formatInfotext({ ...infotext, prompt }))).toEqual({ ...infotext, prompt });
  });

  test('cannot change them from within a value either', () => {
    const model = 'dream, Seed: 666, Size: 1x1';
    expect(parseInfotext(formatInfotext({ ...infotext, model }))).toEqual({ ...infotext, model });
  });

  test('that repeats a key counts for nothing the second time', () => {
    expect(parseInfotext('x\nSteps: 1, Seed: 2, Size: 3x3, Seed: 666').seed).toBe(2);
  });

  test('keeps odd keys out of the way of objects', () => {
    const { others } = parseInfotext('x\n__proto__: 1, constructor: 2, Seed: 3');
    expect([...others]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  test.each([
    ['commas', ','.repeat(500_000)],
    ['quotes', 'a:"'.repeat(200_000)],
    ['escaped quotes', 'a:"\\",'.repeat(100_000)],
    ['letters', `Steps: 1, ${'a'.repeat(500_000)}`],
    ['spaces', `Steps:${' '.repeat(500_000)}x`],
  ])('of nothing but %s is read in a moment', (_, line) => {
    const before = performance.now();
    parseInfotext(`x\n${line}`);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('never throws', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '"',
        '\\',
        ',',
        ':',
        '\n',
        '\r',
        'Negative prompt:',
        'Size: ',
        '9x9',
        ' ',
        'Seed',
        'é',
        '\0',
      ),
      { maxLength: 30 },
    );
    fc.assert(fc.property(pieces, (list) => void parseInfotext(list.join(''))));
    fc.assert(fc.property(fc.uint16Array(), (units) => void parseInfotext(String.fromCharCode(...units))));
  });
});

test('values that are not numbers are unknown, not wrong', () => {
  const parsed = parseInfotext('x\nSteps: many, CFG scale: -, Seed: 1e99, Size: 9, Sampler: Euler');
  expect(parsed).toMatchObject({ steps: null, cfgScale: null, seed: null, width: null, height: null });
});

describe('writing and reading back', () => {
  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      'Steps: 1, Sampler: b, Seed: 3',
      'Size: 1x1, ',
      '"',
      'negative prompt: x',
      ' Negative prompt: y',
      '一只猫',
    ),
  );
  const lines = fc.array(line, { maxLength: 5 }).map((list) => list.join('\n').replace(/\r\n?/g, '\n'));
  // The format trims the whole text, and with it the start of the prompt.
  const prompt = lines.map((text) => text.trimStart()).filter((text) => !/^Negative prompt:/m.test(text));
  const word = fc.string({ unit: 'grapheme', maxLength: 12 });
  const key = fc.constantFrom(
    'Clip skip',
    'Face restoration',
    'RNG',
    'Lora hashes',
    'Hires prompt',
    'Module 1',
  );

  test('gives the same values for any prompt that a person can type, and any names', () => {
    const any: fc.Arbitrary<Infotext> = fc.record({
      prompt,
      negativePrompt: lines,
      steps: fc.integer({ min: 1, max: 150 }),
      sampler: word,
      scheduler: fc.option(word),
      cfgScale: fc.integer({ min: 0, max: 300 }).map((tenths) => tenths / 10),
      seed: fc.integer({ min: 0, max: 4_294_967_295 }),
      width: fc.integer({ min: 1, max: 9999 }),
      height: fc.integer({ min: 1, max: 9999 }),
      modelHash: fc.option(word),
      model: fc.option(word),
      version: fc.option(word),
      others: fc.array(fc.tuple(key, word)).map((pairs) => new Map(pairs)),
    });
    fc.assert(
      fc.property(any, (values) => {
        expect(parseInfotext(formatInfotext(values))).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  test('takes a prompt line that starts like a negative prompt for one, as A1111 does', () => {
    const text = formatInfotext({ ...infotext, prompt: 'a\nNegative prompt: b', negativePrompt: 'c' });
    expect(parseInfotext(text)).toMatchObject({ prompt: 'a', negativePrompt: 'b\nNegative prompt: c' });
  });
});
