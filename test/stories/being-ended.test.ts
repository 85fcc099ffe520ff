import { expect, test } from 'vitest';
import { hasEnded, startStory } from './start-story.ts';

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends the screen alone and restores the terminal', async (signal, code) => {
  const story = await startStory({ isGenerating: true });
  await story.nextGeneration();
  process.kill(story.programPid(), signal);
  await story.leavesWith(code);
  await story.nextGeneration();
  await story.nextGeneration();
  await story.losesNoImage();
});

test('a connection that drops while the screen is suspended ends the screen alone', async () => {
  const story = await startStory({ isGenerating: true });
  const pid = story.programPid();
  await story.terminal.press('ctrl-z');
  await story.terminal.waitFor('suspended');
  story.terminal.hangUp();
  await hasEnded(pid);
  await story.nextGeneration();
  await story.losesNoImage();
});

test('a terminal that hangs up in mid-generation loses nothing, and the loop goes on', async () => {
  const story = await startStory({ isGenerating: true });
  await story.nextGeneration();
  const pid = story.programPid();
  story.terminal.hangUp();
  await hasEnded(pid);
  await story.nextGeneration();
  await story.nextGeneration();
  await story.losesNoImage();
});

test.each([
  ['an error', 'throw new Error("a mistake of the story")'],
  ['a rejection', 'Promise.reject(new Error("a mistake of the story"))'],
])('%s that nobody caught restores the terminal and is told there', async (_, mistake) => {
  const preload = `process.on('SIGUSR2', () => { ${mistake} })`;
  const story = await startStory({
    isGenerating: true,
    nodeArgs: ['--import', `data:text/javascript,${encodeURIComponent(preload)}`],
  });
  process.kill(story.programPid(), 'SIGUSR2');
  await story.leavesWith(1);
  expect(story.terminal.text()).toMatch(/a mistake in sdloop itself[\s\S]*a mistake of the story/);
});
