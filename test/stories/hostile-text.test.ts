import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { failFirstGeneration } from './hostile-webui.ts';
import { startStory } from './start-story.ts';

/** A window title, a question to the terminal, a scrolling region in C1, and text turned round; nothing that sdloop itself writes. */
const hostile = 'bad\u001b]0;evil\u0007\u001b[6n\u009b5;9r\u202eg\u2066np';
/** What a person may see of it. */
const harmless = 'bad]0;evil[6n5;9rgnp';

function expectNothingHostile(terminal: Terminal): void {
  const written = terminal.written();
  const titles = written.matchAll(/\u001b\](\d+);([^\u0007\u001b]*)/g);
  for (const [, command, title = ''] of titles) {
    expect(command).toBe('2');
    expect(title).not.toContain('evil');
  }
  expect(written).not.toMatch(/\u001b\[5;9r|\u001b\[6n|[\u0080-\u009f\u202a-\u202e\u2066-\u2069]/);
  expect(terminal.title()).not.toContain('evil');
}

test('the name of a foreign file', async () => {
  const story = await startStory({ isGenerating: true });
  const { path, name } = await story.imageWith('a lighthouse at dusk');
  await story.terminal.waitFor(name);
  copyFileSync(path, join(dirname(path), `${hostile}.png`));
  await story.terminal.waitFor(harmless);
  expectNothingHostile(story.terminal);
});

test('the title of a checkpoint, from the picker to its images', async () => {
  const dataDirectory = tempDirectoryInTest();
  const models = join(dataDirectory, 'models/Stable-diffusion');
  mkdirSync(models, { recursive: true });
  writeFileSync(join(models, `0${hostile}.safetensors`), '');
  const { terminal, sees, imageWith } = await startStory({ webUi: { dataDirectory } });
  await terminal.waitFor(harmless);
  terminal.type('0bad');
  await terminal.waitFor('1 of ');
  await terminal.press('enter');
  await terminal.waitFor(/negative/i);
  terminal.paste(`a lighthouse\u001b]0;evil\u0007`);
  await terminal.press('enter');
  await terminal.waitFor('One generation');
  await terminal.press('enter');
  await sees('generating');
  await imageWith('a lighthouse');
  await terminal.waitFor(harmless);
  expectNothingHostile(terminal);
});

test('the words of an error', async () => {
  const { terminal, sees } = await startStory({
    url: ({ url }) => failFirstGeneration(url, hostile),
    args: ['--model', 'demo-landscape', '--prompt', `a lighthouse ${hostile}`],
  });
  await sees('retrying');
  await terminal.waitFor(/RuntimeError.*bad\]0;evil/);
  await sees('generating');
  expectNothingHostile(terminal);
});
