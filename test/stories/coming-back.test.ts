import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { ledgerPath } from '../../source/ledger/open-ledger.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { hasEnded, type Story, startStory } from './start-story.ts';

test('whoever comes back from a smaller terminal sees the whole state at once', async () => {
  const first = await startStory({ isGenerating: true });
  await first.imageWith('a lighthouse at dusk');
  // An image is on the disk before its generation counts.
  await first.terminal.waitFor(/\d (images|img)\/min/);
  await first.terminal.press('q');
  await first.leavesWith(0);
  for (const size of [
    { columns: 80, rows: 24 },
    { columns: 60, rows: 16 },
  ]) {
    const again = await first.comesBack(size);
    await again.terminal.waitFor('sdloop');
    const frame = again.terminal.text();
    expect(frame).toMatch(/^[^\n]*generating/);
    expect(frame).toMatch(/\d (images|img)\/min/);
    expect(frame).toMatch(/\d{5}-\d+\.png|seeds \d/);
    expect(frame).not.toContain('No images yet');
    expect(again.terminal.screen()).toHaveLength(size.rows);
    await again.terminal.press('q');
    await again.leavesWith(0);
  }
  await first.losesNoImage();
});

test('two screens follow each other', async () => {
  const one = await startStory({ isGenerating: true });
  const other = await one.comesBack({ columns: 80, rows: 24 });
  await other.sees('generating');
  await one.terminal.press('p');
  await other.sees('paused');
  await other.terminal.press('p');
  await one.sees('generating');
  await other.terminal.press('q');
  await other.leavesWith(0);
  await one.nextGeneration();
  await one.losesNoImage();
});

test('a runner that is killed leaves its last state, dated, and a key starts it again', async () => {
  const story = await startStory({ isGenerating: true });
  const { terminal } = story;
  const { name } = await story.imageWith('a lighthouse at dusk');
  await terminal.waitFor(name);
  const killed = story.runnerPid();
  process.kill(killed, 'SIGKILL');
  await story.sees('runner died.*as of \\d\\d:\\d\\d:\\d\\d');
  expect(terminal.text()).toContain(name);
  await terminal.press('r');
  await story.sees('generating');
  expect(story.runnerPid()).not.toBe(killed);
  await story.nextGeneration();
  await story.losesNoImage();
});

test('a loop that is stopped from elsewhere is said to be, and Enter starts it again', async () => {
  const story = await startStory({ isGenerating: true });
  await story.imageWith('a lighthouse at dusk');
  await performCli(['stop'], { home: story.terminal.home });
  await story.sees('stopped');
  const stoppedAt = story.images().length;
  await story.terminal.press('enter');
  await story.sees('generating');
  await story.terminal.waitFor(() => story.images().length > stoppedAt);
  await story.losesNoImage();
});

test('one line tells what the loop did while nobody looked', async () => {
  const story = await startStory({ isGenerating: true });
  const { name } = await story.imageWith('a lighthouse at dusk');
  await story.terminal.waitFor(name);
  await story.nextGeneration();
  await story.terminal.press('q');
  await story.leavesWith(0);
  const killed = story.runnerPid();
  process.kill(killed, 'SIGKILL');
  await hasEnded(killed);
  leaveTwoHoursAgo(story.terminal.home);
  const again = await story.comesBack();
  await again.terminal.waitFor(/since you left 2 h 00 m ago: [1-9]\d* images/);
  await again.sees('generating');
});

test('a screen that is suspended from outside does not slow the loop', async () => {
  const story = await startStory({ isGenerating: true, webUi: { durationMs: 200 } });
  const before = await medianPause(story, 8);
  const screen = story.programPid();
  process.kill(screen, 'SIGSTOP');
  const meanwhile = await medianPause(story, 8);
  // The shell believes that it has left: the end of the terminal would not reach it.
  process.kill(screen, 'SIGKILL');
  expect(meanwhile).toBeLessThan(before + 100);
});

/** As if the last screen had gone then; no runner holds the ledger. */
function leaveTwoHoursAgo(home: string): void {
  using ledger = new DatabaseSync(ledgerPath(runnerStateDirectory(home)), { timeout: 5000 });
  ledger.prepare('UPDATE screen SET left_at = ?').run(Date.now() - 2 * 3_600_000);
}

/** Between the end of a generation and the start of the next, over so many new ones, ms. */
async function medianPause({ webUi, nextGeneration }: Story, count: number): Promise<number> {
  const { length } = await webUi.requests();
  for (let index = 0; index < count; index += 1) await nextGeneration();
  const ran = (await webUi.requests()).slice(length).filter(({ endedAt }) => endedAt !== null);
  const pauses = ran.slice(1).map(({ startedAt }, index) => (startedAt ?? 0) - (ran[index]?.endedAt ?? 0));
  return pauses.toSorted((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? Number.POSITIVE_INFINITY;
}
