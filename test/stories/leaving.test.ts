import { expect, test } from 'vitest';
import { hasEnded, startStory } from './start-story.ts';

/** 60 steps of half a second: long enough that nothing here waits for its end. */
const longGeneration = { webUi: { durationMs: 30_000 }, args: ['--steps', '60'] };

test('q asks, Esc stays, and finishing loses no image', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await terminal.press('q');
  await terminal.waitFor(/Leave\?.*finish first/);
  await terminal.press('escape');
  await terminal.waitFor((seen) => !seen.text().includes('Leave?'));
  await terminal.press('q');
  await terminal.waitFor(/Leave\?.*finish first/);
  await terminal.press('f');
  await story.leavesWith(0);
  expect(terminal.text()).toMatch(/\d+ images, \d+ generations?, 0 failures in/);
  await story.losesNoImage();
});

test('Esc takes the leaving back, and the loop goes on', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 1500 } });
  const { terminal } = story;
  await story.nextGeneration();
  await terminal.press('q');
  await terminal.waitFor(/Leave\?/);
  await terminal.press('f');
  await terminal.waitFor(/Finishing #\d+/);
  await terminal.press('escape');
  await story.sees('generating');
  await story.nextGeneration();
  await story.nextGeneration();
  expect(terminal.modes.isAlternateScreen).toBe(true);
});

test('a paused loop is left without a question', async () => {
  const story = await startStory({ isGenerating: true });
  await story.terminal.press('p');
  await story.sees('paused');
  await story.terminal.press('q');
  await story.leavesWith(0);
  await story.losesNoImage();
});

test('leaving by interrupting does not wait for a long generation', async () => {
  const story = await startStory({ isGenerating: true, ...longGeneration });
  await story.terminal.press('q');
  await story.terminal.waitFor(/Leave\?/);
  await story.terminal.press('i');
  await story.leavesWith(0);
});

test('Ctrl-C asks once, then leaves', async () => {
  const story = await startStory({ isGenerating: true, ...longGeneration });
  await story.terminal.press('ctrl-c');
  await story.terminal.waitFor(/Leave\?/);
  await story.terminal.press('ctrl-c');
  await story.leavesWith(130);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s lets the running generation finish and restores the terminal', async (signal, code) => {
  const story = await startStory({ isGenerating: true });
  await story.nextGeneration();
  process.kill(story.programPid(), signal);
  await story.leavesWith(code);
  await story.losesNoImage();
});

test('a connection that drops while the screen is suspended leaves no process behind', async () => {
  const story = await startStory({ isGenerating: true });
  const pid = story.programPid();
  await story.terminal.press('ctrl-z');
  await story.terminal.waitFor('suspended');
  story.terminal.hangUp();
  await hasEnded(pid);
});

test('a dropped connection leaves no process behind and loses no image', async () => {
  const story = await startStory({ isGenerating: true });
  await story.nextGeneration();
  const pid = story.programPid();
  story.terminal.hangUp();
  await hasEnded(pid);
  await story.losesNoImage();
});

test('Ctrl-Z gives the shell back, and fg the screen', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await terminal.press('ctrl-z');
  await terminal.waitFor('suspended');
  expect(terminal.modes).toMatchObject({
    isAlternateScreen: false,
    isCursorVisible: true,
    isBracketedPaste: false,
  });
  await terminal.press('enter');
  await story.sees('generating');
  expect(terminal.modes).toMatchObject({ isAlternateScreen: true, isBracketedPaste: true });
  await story.nextGeneration();
  await terminal.press('?');
  await terminal.waitFor(/interrupt/i);
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
