import { expect, test } from 'vitest';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { type RunningWebUi, startWebUiProcess } from '../helpers/webui-process.ts';
import { startStory, webUiInTest } from './start-story.ts';

test.concurrent('a WebUI that is not there is said, with what to do, and a key tries again', async (context) => {
  const dataDirectory = tempDirectoryInTest(context);
  const before = await webUiInTest({ dataDirectory }, context);
  const port = Number(new URL(before.url).port);
  await before[Symbol.asyncDispose]();
  const { terminal, sees } = await startStory(
    {
      columns: 80,
      rows: 24,
      sameWebUi: before,
      args: ['--model', 'demo-landscape', '--prompt', 'a lighthouse at dusk'],
    },
    context,
  );
  await terminal.waitFor(new RegExp(`127\\.0\\.0\\.1:${port}[\\s\\S]*--api`));
  await sees('connecting|retrying');
  await webUiInTest({ dataDirectory, port }, context);
  await terminal.press('r');
  await sees('generating');
});

test.concurrent('a WebUI that fails for a while is tried again by itself', async (context) => {
  const story = await startStory({ isGenerating: true }, context);
  await story.webUi.addFault('502@+1');
  await story.sees('retrying');
  const count = story.images().length;
  await waitFor(() => story.images().length > count, { timeoutMs: 12_000 });
  await story.sees('generating');
});

test.concurrent('a WebUI that dies in the middle and comes back is asked for the same images again', async (context) => {
  const dataDirectory = tempDirectoryInTest(context);
  const webUi = await startWebUiProcess({ dataDirectory, durationMs: 600, loadMs: 0 });
  context.onTestFinished(async () => webUi[Symbol.asyncDispose]());
  const story = await startStory({ isGenerating: true, sameWebUi: webUi }, context);
  const { terminal } = story;
  await story.imageWith('a lighthouse at dusk');
  const lost = await slowGeneration(webUi);
  await webUi[Symbol.asyncDispose]();
  await story.sees('retrying');
  await terminal.waitFor(/127\.0\.0\.1/);
  const back = await webUiInTest({ dataDirectory, port: Number(new URL(webUi.url).port) }, context);
  await story.sees('generating');
  await waitFor(() => lost.every((seed) => story.images().some((image) => image.seed === seed)), {
    timeoutMs: 12_000,
  });
  expect((await back.requests())[0]?.seeds).toEqual(lost);
  const seeds = story.images().map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test.concurrent('what only a person can mend is said, and goes on with a key', async (context) => {
  const story = await startStory({ isGenerating: true }, context);
  await story.webUi.addFault('nan@+1x6');
  await story.sees('needs you');
  await story.terminal.waitFor(/p go on/);
  await story.terminal.press('p');
  await story.sees('generating');
  await story.nextGeneration();
});

/** Has the next generation that arrives take twenty times as long, and waits until it runs; returns its seeds. */
async function slowGeneration(webUi: RunningWebUi): Promise<readonly number[]> {
  await webUi.addFault('slow@+1x1:20');
  const askedAt = Date.now();
  const runs = async () =>
    (await webUi.requests()).find(({ arrivedAt, startedAt }) => arrivedAt >= askedAt && startedAt !== null);
  return (await waitFor(runs, { timeoutMs: 10_000 })).seeds;
}
