import { expect, test } from 'vitest';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { startStory } from './start-story.ts';

test('KoboldCpp: what it lacks is said, its progress is marked as estimated, and keys that it cannot obey say so', async () => {
  const { terminal } = await startStory({
    columns: 80,
    rows: 24,
    webUi: { family: 'koboldcpp', durationMs: 2500 },
    isGenerating: true,
    args: ['--output-dir', tempDirectoryInTest()],
  });
  await terminal.waitFor(/KoboldCpp tells no progress/);
  await terminal.waitFor(/~ ?\d+\/20/);
  await terminal.waitFor(/~\d+ s left/);
  await terminal.press('s');
  await terminal.waitFor('KoboldCpp cannot skip a batch.');
  await terminal.press('!');
  await terminal.waitFor('KoboldCpp cannot be interrupted.');
  expect(terminal.text()).toMatch(/480x270 x1/);
});
