import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('every size shows state, rate and the newest seed, and no line is cut', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await story.imageWith('a lighthouse at dusk');
  await terminal.press('p');
  await story.sees('paused');
  const newest = String(story.images().at(-1)?.seed);
  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [200, 60],
    [120, 40],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.waitFor(
      (seen) =>
        /^.*paused/.test(seen.text()) &&
        /\d (images|img)\/min/.test(seen.text()) &&
        seen.text().includes(newest) &&
        story.footer().includes('help'),
    );
    expect(terminal.screen()).toHaveLength(rows);
    expect(terminal.screen()[1]).toMatch(new RegExp(`^╭.{${columns - 2}}╮$`));
  }
});

test('a window that is too small says how large it must be, and comes back', async () => {
  const { terminal, sees } = await startStory({ isGenerating: true });
  terminal.resize(30, 8);
  await terminal.waitFor(/60[\s\S]*16/);
  expect(terminal.text()).toContain('generating');
  terminal.resize(80, 24);
  await sees('generating');
  await terminal.waitFor('help');
});

test('! ends a long generation after a question, and the loop goes on', async () => {
  const story = await startStory({ isGenerating: true });
  await story.webUi.addFault('slow@+1x1:20');
  const [slowSeed] = await story.nextGeneration();
  await story.terminal.waitFor(`seeds ${slowSeed} `);
  const seedsBefore = new Set((await story.webUi.requests()).flatMap(({ seeds }) => seeds));
  await story.terminal.press('!');
  await story.terminal.waitFor(/Interrupt generation #\d+\? Its 2 images are lost/);
  await story.terminal.press('enter');
  await story.terminal.waitFor('was cut short');
  await waitFor(() => story.images().some(({ seed }) => !seedsBefore.has(seed)));
  expect(story.terminal.screen()[0]).toContain('generating');
});

test('the footer names help, which names every key and goes away again', async () => {
  const { terminal, footer } = await startStory({ isGenerating: true });
  expect(footer()).toContain('help');
  await terminal.press('?');
  await terminal.waitFor(
    /Pause after this generation[\s\S]*Skip the rest of this batch[\s\S]*Show only files/,
  );
  await terminal.press('escape');
  await terminal.waitFor((seen) => !seen.text().includes('Skip the rest of this batch'));
  expect(footer()).toContain('leave');
});

test('files are filtered as it is typed', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  const { name, seed } = await story.imageWith('a lighthouse at dusk');
  await story.nextGeneration();
  await terminal.press('p');
  await story.sees('paused');
  await terminal.waitFor(name);
  const others = story.images().filter((image) => image.seed !== seed);
  await terminal.press('/');
  terminal.type(String(seed));
  await terminal.waitFor(
    (seen) => seen.text().includes(name) && others.every((other) => !seen.text().includes(other.name)),
  );
  await terminal.press('escape');
  await terminal.waitFor(others.at(-1)?.name ?? '');
});
