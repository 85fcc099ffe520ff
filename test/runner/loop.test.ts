import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readImageFile } from '../../source/gallery/read-image-header.ts';
import type { FailureKind } from '../../source/generation/failure.ts';
import { parseInfotext } from '../../source/generation/infotext.ts';
import { examplePlan, loopInTest, readFault } from './loop-in-test.ts';

const images = (count: number) => ({ goal: { kind: 'images', count } }) as const;

describe.concurrent('images', () => {
  for (const saving of ['server', 'client'] as const) {
    test.concurrent(`saved by the ${saving} are told with their file, seed and prompt`, async (context) => {
      const loop = await loopInTest({ saving }, context);
      loop.start(images(8));
      await loop.until(() => loop.of('stopped').length > 0);
      const told = loop.of('image').map(({ image }) => image);
      expect(told.map(({ seed }) => seed)).toEqual([1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007]);
      for (const { path, seed, width, height, byteCount } of told) {
        expect(basename(path)).toMatch(new RegExp(`^\\d{5}-${seed}\\.png$`));
        const header = (await readImageFile(path))?.header;
        const infotext = parseInfotext(header?.infotext ?? '');
        expect(infotext).toMatchObject({ seed, prompt: examplePlan.parameters.prompt });
        expect({ width, height }).toEqual({ width: header?.width, height: header?.height });
        expect(byteCount).toBe(readFileSync(path).length);
      }
      expect(loop.runner.getSnapshot().saving?.by).toBe(saving);
    });
  }

  test.concurrent('appear in the file list with the generation that made them', async (context) => {
    const loop = await loopInTest({ durationMs: 400 }, context);
    loop.runner.view({ firstIndex: 0, count: 10, filter: '' });
    loop.start(images(4));
    await loop.until(() => {
      const { rows } = loop.runner.getSnapshot().files;
      return rows.length === 4 && rows.every(({ origin }) => origin === 'ours');
    });
    const { rows } = loop.runner.getSnapshot().files;
    expect(rows.map(({ seed, generationId }) => [seed, generationId])).toEqual([
      [1003, 2],
      [1002, 2],
      [1001, 1],
      [1000, 1],
    ]);
  });

  test.concurrent('go on being told when the output directory is deleted on the way', async (context) => {
    const loop = await loopInTest({}, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 4);
    rmSync(dirname(dirname(loop.of('image')[0]?.image.path ?? '')), { recursive: true });
    const before = loop.of('image').length;
    await loop.until(() => loop.of('image').length >= before + 6);
    expect(loop.runner.getSnapshot().status.kind).toBe('generating');
  });

  test.concurrent('of a WebUI elsewhere are saved here', async (context) => {
    const loop = await loopInTest({ saving: 'client' }, context);
    loop.start(images(2));
    await loop.until(() => loop.of('stopped').length > 0);
    const here = join(loop.directory, 'here', 'txt2img-images');
    expect(loop.of('image').every(({ image }) => image.path.startsWith(here))).toBe(true);
  });
});

test.concurrent('a directory that cannot be written asks for a person before anything is made', async (context) => {
  const loop = await loopInTest({ saving: 'client', outputDirectory: '/dev/null/outputs' }, context);
  loop.start();
  await loop.until(() => loop.runner.getSnapshot().status.kind === 'needs-you');
  expect(loop.of('failure')[0]?.failure).toMatchObject({ kind: 'directory-unwritable' });
  expect(loop.webUi.stats().requests).toEqual([]);
});

/** Faults that pass: the loop makes exactly the images asked for, each seed once. */
const passing: readonly { fault: string; kind: FailureKind; saving: 'auto' | 'client' }[] = [
  { fault: '500@2', kind: 'server-error', saving: 'auto' },
  { fault: '502@2', kind: 'server-error', saving: 'auto' },
  { fault: '503@2', kind: 'busy', saving: 'auto' },
  { fault: '504@2', kind: 'server-error', saving: 'auto' },
  { fault: 'reset@2', kind: 'connection-lost', saving: 'auto' },
  { fault: 'reset-before-saving@2', kind: 'connection-lost', saving: 'auto' },
  { fault: 'reset-after-saving@2', kind: 'connection-lost', saving: 'auto' },
  { fault: 'reset-after-saving@2', kind: 'connection-lost', saving: 'client' },
  { fault: 'truncated-json@2', kind: 'connection-lost', saving: 'auto' },
  { fault: 'invalid-json@2', kind: 'invalid-answer', saving: 'auto' },
  { fault: 'disk-full@2', kind: 'disk-full', saving: 'auto' },
  { fault: 'nan@2', kind: 'nan', saving: 'auto' },
  { fault: 'black@2', kind: 'black-image', saving: 'auto' },
  { fault: 'black@2', kind: 'black-image', saving: 'client' },
  { fault: 'no-images@2', kind: 'images-missing', saving: 'client' },
  { fault: 'wrong-checkpoint@2', kind: 'wrong-checkpoint', saving: 'auto' },
];

describe.concurrent('after a fault', () => {
  test.concurrent.for(passing)(
    '$fault (saving: $saving) the images asked for are there, each seed once',
    async (row, context) => {
      const loop = await loopInTest({ faults: [row.fault], saving: row.saving }, context);
      loop.start(images(6));
      await loop.until(() => loop.of('stopped').length > 0);
      expect(loop.of('failure').map(({ failure }) => failure.kind)).toContain(row.kind);
      expect(loop.of('image')).toHaveLength(6);
      expect(new Set(loop.of('image').map(({ image }) => image.seed)).size).toBe(6);
      expect(new Set(loop.of('image').map(({ image }) => image.path)).size).toBe(6);
      const started = loop.of('generation-started').map(({ generation }) => generation.id);
      const ended = loop.of('generation-finished').map(({ generation }) => generation.id);
      expect(ended.toSorted()).toEqual(started.toSorted());
    },
  );

  test.concurrent('an answer lost after saving makes no image a second time', async (context) => {
    const loop = await loopInTest({ faults: ['reset-after-saving@2'] }, context);
    loop.start(images(6));
    await loop.until(() => loop.of('stopped').length > 0);
    const made = loop.webUi.stats().requests.flatMap(({ seeds }) => seeds);
    expect(made.toSorted()).toEqual([1000, 1001, 1002, 1003, 1004, 1005]);
  });

  test.concurrent('out of memory is told, waited for, and the loop goes on', async (context) => {
    const loop = await loopInTest({ faults: ['out-of-memory@2'] }, context);
    loop.start();
    await loop.until(() => loop.runner.getSnapshot().status.kind === 'retrying');
    expect(loop.of('failure')[0]?.failure.kind).toBe('out-of-memory');
    const before = loop.of('image').length;
    await loop.until(() => loop.of('image').length >= before + 2);
  });

  test.concurrent('wrong credentials ask for a person', async (context) => {
    const loop = await loopInTest({ faults: ['unauthorised:60'] }, context);
    loop.start();
    await loop.until(() => loop.runner.getSnapshot().status.kind === 'needs-you');
    loop.webUi.clearFaults();
    loop.runner.send({ type: 'resume' });
    await loop.until(() => loop.of('image').length >= 2);
  });

  test.concurrent('a WebUI that starts again is left in peace and waited for', async (context) => {
    const loop = await loopInTest({}, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 2);
    loop.webUi.addFault(readFault('starting:1'));
    await loop.until(() => loop.of('failure').length > 0);
    const before = loop.of('image').length;
    await loop.until(() => loop.of('image').length >= before + 2);
    expect(loop.of('failure').map(({ failure }) => failure.kind)).not.toContain('api-off');
  });
});

describe.concurrent('a person', () => {
  test.concurrent('pauses after what is in flight, and resumes', async (context) => {
    const loop = await loopInTest({ durationMs: 300 }, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 2);
    loop.runner.send({ type: 'pause' });
    await loop.until(() => loop.runner.getSnapshot().status.kind === 'paused');
    const { generationCount } = loop.webUi.stats();
    expect(loop.of('image')).toHaveLength(generationCount * 2);
    loop.runner.send({ type: 'resume' });
    await loop.until(() => loop.of('image').length >= generationCount * 2 + 2);
  });

  test.concurrent('changes the prompt, and later images have it', async (context) => {
    const loop = await loopInTest({}, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 2);
    const parameters = { ...examplePlan.parameters, prompt: 'a red umbrella' };
    loop.runner.send({ type: 'change-plan', plan: { ...examplePlan, parameters } });
    await loop.until(() =>
      loop.of('image').some(({ generation }) => generation.parameters.prompt === 'a red umbrella'),
    );
    const last = loop.of('image').at(-1)?.image.path ?? '';
    expect(parseInfotext((await readImageFile(last))?.header?.infotext ?? '').prompt).toBe('a red umbrella');
  });

  test.concurrent('interrupts: the generation ends early, nothing of it is told, the loop goes on', async (context) => {
    const loop = await loopInTest({ durationMs: 400, faults: ['slow@1:20'] }, context);
    loop.start();
    await loop.until(() => (loop.runner.getSnapshot().running?.step ?? 0) > 0);
    loop.runner.send({ type: 'interrupt' });
    await loop.until(() => loop.of('generation-finished').length > 0);
    expect(loop.of('generation-finished')[0]?.outcome).toBe('abandoned');
    expect(loop.of('generation-finished')[0]?.durationMs).toBeLessThan(7000);
    expect(loop.of('image')).toHaveLength(0);
    await loop.until(() => loop.of('image').length >= 2);
  });

  test.concurrent('skips one batch and keeps the others', async (context) => {
    const loop = await loopInTest({ durationMs: 3000 }, context);
    loop.start({ parameters: { ...examplePlan.parameters, batchCount: 2 } });
    await loop.until(() => (loop.runner.getSnapshot().running?.step ?? 0) > 0);
    loop.runner.send({ type: 'skip' });
    await loop.until(() => loop.of('generation-finished').length > 0);
    expect(loop.of('image').map(({ image }) => image.seed)).toEqual([1002, 1003]);
  });

  test.concurrent('stops: what is in flight finishes and nothing more is sent', async (context) => {
    const loop = await loopInTest({ durationMs: 200 }, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 2);
    loop.runner.send({ type: 'stop', now: false });
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.of('image')).toHaveLength(loop.webUi.stats().generationCount * 2);
  });
});

test.concurrent('nothing that is told holds the credentials', async (context) => {
  const loop = await loopInTest({ auth: 'user:hunter2secret' }, context);
  loop.start(images(2));
  await loop.until(() => loop.of('stopped').length > 0);
  expect(JSON.stringify([loop.notices, loop.runner.getSnapshot()])).not.toContain('hunter2secret');
});

describe.concurrent('a runner without anything left to do', () => {
  test.concurrent('says so once it was asked to stop, whoever looks on', async (context) => {
    const loop = await loopInTest({}, context);
    loop.start();
    await loop.until(() => loop.of('image').length >= 2);
    loop.runner.send({ type: 'stop', now: false });
    await loop.until(() => loop.unneeded.length > 0);
    expect(loop.unneeded).toEqual(['asked']);
  });

  test.concurrent('stays at its goal for those who look on, and says so when the last has left', async (context) => {
    const loop = await loopInTest({}, context);
    loop.start(images(2));
    await loop.until(() => loop.of('stopped').length > 0);
    expect(loop.unneeded).toEqual([]);
    loop.runner.close();
    expect(loop.unneeded).toEqual(['goal-reached']);
  });

  test.concurrent('is one that was left before anything was planned', async (context) => {
    const loop = await loopInTest({}, context);
    loop.runner.close();
    expect(loop.unneeded).toEqual(['nothing-planned']);
  });
});
