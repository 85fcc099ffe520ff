import { expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('pick, write a Chinese prompt, generate, pause, resume, change the prompt, skip, resize, leave', async () => {
  const story = await startStory();
  const { terminal, webUi } = story;
  // A title gains a hash with its first load.
  const names = (await webUi.checkpoints()).map((title) => title.replace(/ \[\w+\]$/, ''));
  const first = names[0] ?? '';
  const chosen = names.at(-1) ?? '';

  await terminal.waitFor(first);
  expect(terminal.modes).toMatchObject({ isAlternateScreen: true, isBracketedPaste: true });
  terminal.type(chosen.slice(0, 7));
  await terminal.waitFor((seen) => seen.text().includes(chosen) && !seen.text().includes(first));
  await terminal.press('enter');

  await terminal.waitFor(/negative/i);
  terminal.paste('一只猫坐在窗边，');
  terminal.type('油画');
  await terminal.waitFor('一只猫坐在窗边，油画');
  await terminal.press('enter');

  await terminal.waitFor('One generation: 4 images of 480x270');
  await terminal.press('enter');

  await story.sees('generating');
  const image = await story.imageWith('一只猫坐在窗边，油画');
  await terminal.waitFor(image.name);
  await terminal.waitFor(/images\/min/);
  await terminal.waitFor('一只猫坐在窗边，油画');

  await terminal.press('p');
  await story.sees('paused');
  const requests = await webUi.requests();
  expect(requests.every(({ endedAt }) => endedAt !== null)).toBe(true);
  expect(story.images()).toHaveLength(requests.length * 4);

  await terminal.press('p');
  await story.sees('generating');
  await story.nextGeneration();

  await terminal.press('e');
  await terminal.waitFor(/Prompt[\s\S]*一只猫坐在窗边，油画/);
  await terminal.press('ctrl-u');
  terminal.type('a red fox in the snow');
  await terminal.waitFor('a red fox in the snow');
  await terminal.press('enter');
  await story.imageWith('a red fox in the snow');
  expect(terminal.screen()[0]).toContain('generating');

  // Time to answer the question: 20 steps of 0.6 s.
  await webUi.addFault('slow@+1x1:20');
  const [slowSeed] = await story.nextGeneration();
  await terminal.waitFor(`seeds ${slowSeed} `);
  await terminal.press('s');
  await terminal.waitFor(/Skip this batch\?/);
  await terminal.press('y');
  await terminal.waitFor(/was cut short/);
  await story.sees('generating');

  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [120, 40],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.waitFor(
      (seen) =>
        /^.*generating/.test(seen.text()) && new RegExp(`^╭.{${columns - 2}}╮$`, 'm').test(seen.text()),
    );
    expect(terminal.screen()).toHaveLength(rows);
    expect(story.footer()).toContain('help');
  }

  await terminal.press('x');
  await terminal.waitFor(/finish/i);
  await terminal.press('y');
  await story.sees('stopped');
  await terminal.press('q');
  await story.leavesWith(0);
  const seeds = story.images().map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('the second day starts with one key', async () => {
  const first = await startStory({ isGenerating: true });
  await first.imageWith('a lighthouse at dusk');
  await first.terminal.press('x');
  await first.terminal.waitFor(/finish/i);
  await first.terminal.press('y');
  await first.sees('stopped');
  await first.terminal.press('q');
  await first.leavesWith(0);
  const { length } = first.images();
  const second = await first.comesBack();
  await second.terminal.waitFor('a lighthouse at dusk');
  expect(second.images()).toHaveLength(length);
  await second.terminal.press('enter');
  await second.sees('generating');
  await waitFor(() => second.images().length > length);
});

test('what is typed before the first frame counts, and a long paste is not lost without a question', async () => {
  const story = await startStory({ columns: 80, rows: 24 });
  const { terminal } = story;
  terminal.type('noir');
  await terminal.waitFor('1 of ');
  await terminal.press('enter');
  await terminal.waitFor(/negative/i);
  terminal.paste(Array.from({ length: 300 }, (_, index) => `line ${index} 一只猫 \u001b[31mred`).join('\n'));
  await terminal.waitFor('line 299 一只猫 [31mred');
  await terminal.press('ctrl-c');
  await terminal.waitFor('What you wrote is lost');
  await terminal.press('y');
  await story.leavesWith(0);
});
