import { expect, test } from 'vitest';
import { startStory } from './start-story.ts';

test('pick a checkpoint, write a Chinese prompt, generate, pause, resume, change the prompt, skip, leave', async () => {
  const story = await startStory();
  const { terminal, webUi } = story;
  const titles = await webUi.checkpoints();
  const chosen = titles.at(-1) ?? '';
  const filter = chosen.slice(0, 6);

  await terminal.waitFor(titles[0] ?? '');
  terminal.type(filter);
  await terminal.waitFor((seen) => seen.text().includes(chosen) && !seen.text().includes(titles[0] ?? ''));
  await terminal.press('enter');

  await terminal.waitFor(/negative/i);
  terminal.paste('一只猫坐在窗边，');
  terminal.type('油画');
  await terminal.waitFor('一只猫坐在窗边，油画');
  await terminal.press('enter');

  await terminal.waitFor(/steps/i);
  await terminal.press('enter');

  await story.sees('generating');
  const first = await story.imageWith('一只猫坐在窗边，油画');
  await terminal.waitFor(first.name);
  await terminal.waitFor(/images\/min/);

  await terminal.press('p');
  await story.sees('paused');
  const countWhenPaused = (await webUi.requests()).length;
  const imagesWhenPaused = story.images().length;
  expect(imagesWhenPaused).toBe(countWhenPaused * 4);

  await terminal.press('p');
  await story.sees('generating');

  await terminal.press('e');
  await terminal.waitFor('一只猫坐在窗边，油画');
  await terminal.press('ctrl-u');
  terminal.type('a red fox in the snow');
  await terminal.press('enter');
  await story.imageWith('a red fox in the snow');
  expect(terminal.screen()[0]).toContain('generating');

  await terminal.press('s');
  await terminal.waitFor(/skip.*\?/i);
  await terminal.press('y');
  await terminal.waitFor(/skipped/i);
  await story.sees('generating');

  await terminal.press('q');
  await terminal.waitFor(/finish/i);
  await terminal.press('y');
  await story.leavesWith(0);
  const requests = await webUi.requests();
  expect(requests.every(({ endedAt }) => endedAt !== null)).toBe(true);
  const seeds = story.images().map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('every size shows state, rate and a whole seed, and no line is cut', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  const { name, seed } = await story.imageWith('a lighthouse at dusk');
  await terminal.waitFor(name);
  await terminal.press('p');
  await story.sees('paused');
  const newest = story.images().at(-1)?.seed ?? seed;
  for (const [columns, rows] of [
    [80, 24],
    [60, 16],
    [200, 60],
    [120, 40],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.waitFor(
      (seen) => seen.screen()[0]?.includes('paused') === true && story.footer().includes('help'),
    );
    await terminal.waitFor(columns === 60 ? /img\/min|images\/min/ : /images\/min/);
    await terminal.waitFor(String(newest));
    expect(terminal.screen()).toHaveLength(rows);
  }
});

test('a window that is too small says how large it must be, and comes back', async () => {
  const { terminal, sees } = await startStory({ isGenerating: true });
  terminal.resize(30, 8);
  await terminal.waitFor(/60.*16/);
  terminal.resize(80, 24);
  await sees('generating');
});

test('the second day starts with one key', async () => {
  const first = await startStory({ isGenerating: true });
  await first.imageWith('a lighthouse at dusk');
  await first.terminal.press('q');
  await first.terminal.waitFor(/finish/i);
  await first.terminal.press('y');
  await first.leavesWith(0);
  const second = await startStory({ home: first.terminal.home });
  await second.terminal.waitFor('a lighthouse at dusk');
  await second.terminal.press('enter');
  await second.sees('generating');
  await second.imageWith('a lighthouse at dusk');
});

test('the footer names help, which names every key and goes away again', async () => {
  const { terminal, footer, sees } = await startStory({ isGenerating: true });
  expect(footer()).toContain('help');
  await terminal.press('?');
  await terminal.waitFor(/interrupt[\s\S]*filter/i);
  await terminal.press('escape');
  await sees('generating');
});

test('files are filtered as it is typed', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  const { name, seed } = await story.imageWith('a lighthouse at dusk');
  await terminal.waitFor(name);
  await terminal.press('p');
  await story.sees('paused');
  const others = story.images().filter((image) => image.seed !== seed);
  await terminal.press('/');
  terminal.type(String(seed));
  await terminal.waitFor(
    (seen) => seen.text().includes(name) && others.every((other) => !seen.text().includes(other.name)),
  );
  await terminal.press('escape');
  await terminal.waitFor(others.at(-1)?.name ?? '');
});
