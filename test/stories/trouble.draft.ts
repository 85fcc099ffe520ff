import { expect, test } from 'vitest';
import { cliPath } from '../helpers/run-cli.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('a WebUI that is not there is said, with what to do', async () => {
  const terminal = openTerminalInTest({
    command: process.execPath,
    args: [cliPath, '--url', 'http://127.0.0.1:9'],
    columns: 80,
    rows: 24,
  });
  await terminal.waitFor(/127\.0\.0\.1:9[\s\S]*--api/);
  await terminal.waitFor(/connecting|retrying/);
});

test('a WebUI that fails for a while is tried again by itself', async () => {
  const story = await startStory({ isGenerating: true });
  await story.webUi.addFault('502@+1x2');
  await story.sees('retrying');
  await story.sees('generating');
  const count = story.images().length;
  await waitFor(() => story.images().length > count);
});

test('escape sequences in a prompt and in an error text never reach the terminal', async () => {
  const story = await startStory({
    isGenerating: true,
    args: ['--negative-prompt', 'a\u001b]2;hijacked\u0007b\u001b[2J\u009b2J'],
  });
  await story.imageWith('a lighthouse at dusk');
  expect(story.terminal.title()).not.toContain('hijacked');
  expect(story.terminal.screen()[0]).toContain('generating');
});

test('a frozen terminal does not stop the loop, and catches up', async () => {
  const story = await startStory({ isGenerating: true });
  const { name } = await story.imageWith('a lighthouse at dusk');
  await story.terminal.waitFor(name);
  story.terminal.freeze();
  const before = story.images().length;
  await waitFor(() => story.images().length > before + 8, { timeoutMs: 10_000 });
  story.terminal.unfreeze();
  await story.terminal.waitFor(story.images().at(-1)?.name ?? '');
});
