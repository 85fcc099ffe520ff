import { expect, test } from 'vitest';
import { isAlive } from '../../source/commands/is-alive.ts';
import { hasEnded, startStory } from './start-story.ts';

/** 60 steps of half a second: long enough that nothing here waits for its end. */
const longGeneration = { webUi: { durationMs: 30_000 }, args: ['--steps', '60'] };

test('q leaves at once, says that the loop goes on, and it does', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await story.nextGeneration();
  await terminal.press('q');
  await story.leavesWith(0);
  expect(terminal.text()).toMatch(/The loop goes on: generating, \d+ images? so far\./);
  expect(terminal.text()).toMatch(/`sdloop` comes back to it, `sdloop stop` ends it\./);
  await story.nextGeneration();
  await story.nextGeneration();
  await story.losesNoImage();
});

test('x asks, Esc goes on, and finishing stops the loop and loses no image', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await terminal.press('x');
  await terminal.waitFor(/Stop the loop\?/);
  await terminal.press('escape');
  await terminal.waitFor((seen) => !seen.text().includes('Stop the loop?'));
  await story.nextGeneration();
  await terminal.press('x');
  await terminal.waitFor(/Stop the loop\?/);
  await terminal.press('f');
  await story.sees('stopped');
  await hasEnded(story.runnerPid());
  await story.losesNoImage();
  await terminal.press('q');
  await story.leavesWith(0);
  expect(terminal.text()).toMatch(/\d+ images? in .*`sdloop` starts it again\./);
});

test('Esc takes a stop back, and the loop goes on', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 1500 } });
  const { terminal } = story;
  await story.nextGeneration();
  await terminal.press('x');
  await terminal.waitFor(/Stop the loop\?/);
  await terminal.press('f');
  await story.sees('stopping');
  await terminal.press('escape');
  await story.sees('generating');
  await story.nextGeneration();
  await story.nextGeneration();
});

test('a paused loop is left paused', async () => {
  const story = await startStory({ isGenerating: true });
  await story.terminal.press('p');
  await story.sees('paused');
  await story.terminal.press('q');
  await story.leavesWith(0);
  expect(story.terminal.text()).toMatch(/Paused, \d+ images? so far\./);
  await story.losesNoImage();
});

test('stopping by interrupting does not wait for a long generation', async () => {
  const story = await startStory({ isGenerating: true, ...longGeneration });
  await story.terminal.press('x');
  await story.terminal.waitFor(/Stop the loop\?/);
  await story.terminal.press('i');
  await story.sees('stopped');
});

test('Ctrl-C asks once, then leaves, and the loop goes on', async () => {
  const story = await startStory({ isGenerating: true, ...longGeneration });
  const runner = story.runnerPid();
  await story.terminal.press('ctrl-c');
  await story.terminal.waitFor(/The loop goes on\. Ctrl-C again leaves\./);
  await story.terminal.press('ctrl-c');
  await story.leavesWith(130);
  expect(isAlive(runner)).toBe(true);
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
