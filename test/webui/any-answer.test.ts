import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleGeneration } from './sample-generation.ts';
import { type Answer, openClient, startServer } from './scripted-server.ts';

/** What no WebUI says, and what one may say in a bad hour. */
const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 })),
  body: fc.oneof(fc.json({ maxDepth: 4 }), fc.string({ unit: 'binary' }), likely()),
});

/** Values under the names that are looked at, so that the readers are reached. */
function likely(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.constant(null), fc.constant('[]'));
  const names = [
    'images',
    'info',
    'state',
    'job_count',
    'ram',
    'cuda',
    'detail',
    'error',
    'errors',
    'message',
  ];
  return fc
    .oneof(
      fc.dictionary(fc.constantFrom(...names), value),
      fc.record({ images: fc.array(value), info: fc.json() }),
      fc.array(fc.record({ title: value, model_name: value, name: value })),
      fc.record({ sd_model_checkpoint: value, outdir_txt2img_samples: fc.oneof(fc.string(), value) }),
    )
    .map((body) => JSON.stringify(body));
}

test('any answer at any endpoint is a result, never an exception', async () => {
  let answers: Answer[] = [];
  let index = 0;
  const { url } = await startServer(() => answers[index++ % answers.length]);
  const client = openClient(url);
  const ask = [
    () => client.probe(),
    () => client.generate(sampleGeneration({ batchSize: 2 }), { saving: 'client' }),
    () => client.generate(sampleGeneration(), { saving: 'server' }),
    () => client.readProgress(),
    () => client.readPreview(),
    () => client.readMemory(),
    () => client.interrupt(),
    () => client.skip(),
    () => client.refreshCheckpoints(),
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(anyAnswer, { minLength: 1, maxLength: 4 }), async (given) => {
      answers = given;
      for (const one of ask) {
        const result = await one();
        if (!result.ok) expect(result.failure.detail.length).toBeLessThanOrEqual(500);
      }
    }),
    { numRuns: 60 },
  );
});
