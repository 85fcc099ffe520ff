import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSpaceWatch, readFreeSpace } from '../../source/runner/space-watch.ts';
import { mountDisk } from '../gallery/helpers/mounts.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { loopInTest } from './loop-in-test.ts';

const megabyte = 2 ** 20;

test('below the floor nothing is generated, and once there is room it goes on by itself', async (context) => {
  const disk = mountDisk(64 * megabyte);
  if (disk === null) return context.skip();
  const ballast = join(disk, 'ballast');
  writeFileSync(ballast, Buffer.alloc(40 * megabyte));
  const loop = await loopInTest({
    saving: 'client',
    outputDirectory: disk,
    minFreeBytes: 32 * megabyte,
  });
  loop.start();
  await loop.until(() => loop.runner.getSnapshot().status.kind === 'retrying');
  expect(loop.runner.getSnapshot().status).toMatchObject({
    failure: { kind: 'low-space', floorBytes: 32 * megabyte },
  });
  expect(loop.of('generation-started')).toEqual([]);
  rmSync(ballast);
  loop.runner.send({ type: 'retry-now' });
  await loop.until(() => loop.of('image').length >= 4);
  expect(loop.of('space-regained')).toHaveLength(1);
  const { space } = loop.runner.getSnapshot();
  expect(space?.freeBytes).toBeGreaterThan(35 * megabyte);
});

test('the disk is looked at although the loop rests for a moment again and again', async () => {
  let lookCount = 0;
  const watch = createSpaceWatch({
    read: async () => {
      lookCount += 1;
      return 5e9;
    },
    tell: () => undefined,
    intervalsMs: { working: 50, waiting: 10 },
  });
  onTestFinished(watch.close);
  let isActive = false;
  const flicker = setInterval(() => {
    isActive = !isActive;
    watch.follow({ isActive, isWaiting: false });
  }, 2);
  onTestFinished(() => clearInterval(flicker));
  await waitFor(() => lookCount >= 3 || null);
  expect(watch.freeBytes()).toBe(5e9);
});

test('the free space of a directory that will be made is that of its disk; of one elsewhere nothing is claimed', async () => {
  const directory = join(tempDirectoryInTest(), 'outputs', 'txt2img-images');
  expect(await readFreeSpace({ by: 'client', directory })).toBeGreaterThan(0);
  expect(await readFreeSpace({ by: 'server', directory })).toBeNull();
  expect(await readFreeSpace(null)).toBeNull();
});
