import { test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { hasEnded, type Story, startStory } from './start-story.ts';

test('a frozen terminal does not stop the loop, and catches up', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 150 } });
  await freezeUntilFull(story);
  story.terminal.unfreeze();
  await story.terminal.press('p');
  await story.sees('paused');
  await story.terminal.waitFor(story.images().at(-1)?.name ?? '');
});

test('SIGTERM ends the screen even where the terminal takes nothing, and not the loop', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 150 } });
  const pid = story.programPid();
  await freezeUntilFull(story);
  process.kill(pid, 'SIGTERM');
  await hasEnded(pid);
  await story.nextGeneration();
  await story.losesNoImage();
  story.terminal.unfreeze();
  // Not the terminal's own `waitFor`: half a frame is what a terminal has that was frozen in the middle of it.
  await waitFor(() => story.terminal.text().includes('left with 143'));
});

/** Has the program draw several times what a terminal of this system buffers (19 kB) while nobody reads, each time seeing it generate on. */
async function freezeUntilFull({ terminal, nextGeneration }: Story): Promise<void> {
  terminal.freeze();
  for (let round = 0; round < 15; round += 1) {
    terminal.resize(round % 2 === 0 ? 119 : 120, 40);
    await nextGeneration();
  }
}
