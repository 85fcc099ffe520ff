import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('q asks, escape stays, and finishing loses no image', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal, webUi } = story;
  await terminal.press('q');
  await terminal.waitFor(/finish/i);
  await terminal.press('escape');
  await terminal.waitFor((seen) => !/finish what/i.test(seen.text()));
  await terminal.press('q');
  await terminal.waitFor(/finish/i);
  await terminal.press('f');
  await story.leavesWith(0);
  const requests = await webUi.requests();
  const wanted = requests.flatMap(({ seeds }) => seeds).toSorted((a, b) => a - b);
  const saved = story
    .images()
    .map(({ seed }) => seed)
    .toSorted((a, b) => a - b);
  expect(saved).toEqual(wanted);
});

test('leaving by interrupting does not wait for a long generation', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 60_000 } });
  await story.terminal.press('q');
  await story.terminal.waitFor(/interrupt/i);
  await story.terminal.press('i');
  await story.leavesWith(0);
});

test('Ctrl-C asks once, then leaves', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 60_000 } });
  await story.terminal.press('ctrl-c');
  await story.terminal.waitFor(/finish/i);
  await story.terminal.press('ctrl-c');
  await story.leavesWith(130);
});

test('SIGTERM restores the terminal', async () => {
  const story = await startStory({ isGenerating: true });
  process.kill(story.programPid(), 'SIGTERM');
  await story.leavesWith(143);
});

test('SIGHUP restores the terminal', async () => {
  const story = await startStory({ isGenerating: true });
  process.kill(story.programPid(), 'SIGHUP');
  await story.leavesWith(129);
});

test('a dropped connection leaves no process behind', async () => {
  const story = await startStory({ isGenerating: true });
  const pid = story.programPid();
  story.terminal.hangUp();
  await story.terminal.exit;
  await waitFor(() => !existsSync(`/proc/${pid}`));
});

test('Ctrl-Z gives the shell back, and fg the screen', async () => {
  const story = await startStory({ isGenerating: true });
  await story.terminal.press('ctrl-z');
  await story.terminal.waitFor('suspended');
  expect(story.terminal.modes).toMatchObject({ isAlternateScreen: false, isCursorVisible: true });
  await story.terminal.press('enter');
  await story.sees('generating');
  expect(story.terminal.modes.isAlternateScreen).toBe(true);
  await story.terminal.press('?');
  await story.terminal.waitFor(/interrupt/i);
});
