import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('w shows the picture as it is sampled, and costs nothing once it is hidden', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 4000 } });
  const { terminal } = story;
  expect(terminal.text()).not.toContain('Preview');
  await terminal.press('w');
  await terminal.waitFor(/Preview[\s\S]*▀/, { timeoutMs: 20_000 });
  expect(terminal.screen().filter((line) => /^│.*▀/.test(line)).length).toBeGreaterThan(4);
  // The list stands beside it, whole seeds and all.
  await terminal.waitFor(/▀.*│ *│.*\d{5}-\d+\.png|images/);
  await terminal.press('?');
  await terminal.waitFor('Watch the picture as it is sampled');
  expect(terminal.text()).not.toContain('▀');
  await terminal.press('escape');
  await terminal.waitFor('▀', { timeoutMs: 20_000 });
  await terminal.press('w');
  await terminal.waitFor((seen) => !seen.text().includes('Preview') && !seen.text().includes('▀'));
  terminal.resize(60, 16);
  await terminal.waitFor((seen) => seen.screen().length === 16 && seen.text().includes('generating'));
  await terminal.press('w');
  await terminal.waitFor('The preview needs a window');
  await waitFor(() => story.images().length > 0);
  await terminal.press('q');
  await story.leavesWith(0);
});
