import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeInfotextPng } from '../gallery/helpers/pictures.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startStory } from './start-story.ts';

test('pictures are looked at, given stars, rejected and taken back, while the loop goes on', async () => {
  const story = await startStory({ isGenerating: true, columns: 80, rows: 24 });
  const { terminal } = story;
  await story.imageWith('a lighthouse at dusk');
  await terminal.press('p');
  await story.sees('paused');
  const newest = story.images().at(-1);
  const count = story.images().length;

  await terminal.press('v');
  await terminal.waitFor(new RegExp(`Pictures  ${count} images?, newest first`));
  await terminal.waitFor('▀');
  await terminal.waitFor(new RegExp(`› +${newest?.seed}`));
  await terminal.press('4');
  await terminal.waitFor(new RegExp(`${newest?.seed} ★★★★`));

  await terminal.press('x');
  await waitFor(() => !existsSync(newest?.path ?? ''));
  const trash = readdirSync(dirname(newest?.path ?? ''), { withFileTypes: true }).find((entry) =>
    entry.isDirectory(),
  );
  expect(trash?.name).toContain('trash');
  await terminal.waitFor(new RegExp(`Pictures  ${count - 1} image`));
  await terminal.press('u');
  await terminal.waitFor(new RegExp(`Pictures  ${count} image`));
  expect(existsSync(newest?.path ?? '')).toBe(true);
  await terminal.waitFor(/★★★★/);

  await terminal.press('enter');
  await terminal.waitFor(/Infotext[\s\S]*a lighthouse at dusk/);
  await terminal.press('escape');
  await terminal.waitFor((seen) => !seen.text().includes('Infotext'));
  await terminal.press('r');
  await terminal.waitFor(/Generate from seed \d+\?/);
  await terminal.press('v');
  await terminal.waitFor(new RegExp(`Once the loop generates: 4 variations of seed ${newest?.seed}`));
  await terminal.press('/');
  terminal.type('no such prompt');
  await terminal.waitFor('No image passes this filter');
  expect(terminal.text()).not.toContain('▀');
  await terminal.press('escape');
  await terminal.waitFor('▀');
  await terminal.press('q');
  await terminal.waitFor('Throughput');
  expect(terminal.text()).not.toContain('▀');
  await terminal.press('p');
  await story.sees('generating');
  await story.imageWith(`Variation seed strength: 0.3`);
  await terminal.press('q');
  await story.leavesWith(0);
});

test('a resize draws pictures and text anew, and leaves nothing behind', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  await story.imageWith('a lighthouse at dusk');
  await terminal.press('p');
  await story.sees('paused');
  await terminal.press('v');
  await terminal.waitFor('▀');
  for (const [columns, rows] of [
    [60, 16],
    [200, 60],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.waitFor((seen) => {
      const lines = seen.screen();
      return (
        new RegExp(`^╭.{${columns - 2}}╮$`).test(lines[1] ?? '') &&
        new RegExp(`^╰.{${columns - 2}}╯$`).test(lines[rows - 3] ?? '') &&
        seen.text().includes('▀')
      );
    });
    // Every line between the borders is as wide as the panel: no picture lies over them.
    const inside = terminal.screen().slice(2, rows - 3);
    expect(inside.filter((line) => !/^│.*│$/.test(line))).toEqual([]);
  }
  await terminal.press('?');
  await terminal.waitFor('Take back the last choice');
  expect(terminal.text()).not.toContain('▀');
  await terminal.press('escape');
  await terminal.waitFor('▀');
});

test('a folder that somebody else filled is looked at without a loop', async () => {
  const folder = tempDirectoryInTest();
  writeFileSync(join(folder, '00000-71.png'), await makeInfotextPng(71, 'a red umbrella'));
  writeFileSync(join(folder, '00001-\u001b[31mred.png'), 'renamed text');
  const terminal = openTerminalInTest({
    command: process.execPath,
    args: [cliPath, 'gallery', folder],
    columns: 80,
    rows: 24,
  });
  await terminal.waitFor('Pictures  2 images');
  // All of one colour: the right tile is blanks on it.
  await terminal.waitFor((seen) => seen.cellAt(38, 5).background.kind !== 'default');
  await terminal.press('right');
  await terminal.press('enter');
  await terminal.waitFor('a red umbrella');
  await terminal.press('q');
  expect(await terminal.exit).toMatchObject({ code: 0 });
});
