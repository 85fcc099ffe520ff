import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Fault } from '../../source/demo/faults.ts';
import { findStartedWebUi } from '../../source/runner/started-webui.ts';
import { freePort } from '../helpers/free-port.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { restartedLoop } from './restarted-loop.ts';

/** Kills the process that serves, and not its shell, as the system's memory killer does. */
function killWebUi(directory: string): void {
  const group = findStartedWebUi(directory)?.pid;
  const processes = execFileSync('ps', ['-eo', 'pid=,pgid=,comm='], { encoding: 'utf8' }).split('\n');
  const fields = processes.map((line) => line.trim().split(/\s+/));
  const served = fields.find(([, of, name]) => Number(of) === group && name !== 'sh' && name !== 'tail');
  process.kill(Number(served?.[0]), 'SIGKILL');
}

test.concurrent('a WebUI that is down at the start is started, and restarted when it is killed in mid-generation; each seed exists once', async (context) => {
  const { directory, runner, notices, seeds, start } = await restartedLoop({}, context);
  await waitFor(() => runner.getSnapshot().status.kind === 'restarting');
  start(20);
  await waitFor(() => seeds().length >= 4, { timeoutMs: 20_000 });
  killWebUi(directory);
  await waitFor(() => notices.filter(({ type }) => type === 'restarting').length === 2, {
    timeoutMs: 20_000,
  });
  await waitFor(() => runner.getSnapshot().status.kind === 'stopped', { timeoutMs: 20_000 });
  expect(seeds()).toEqual(Array.from({ length: 20 }, (_, index) => 1000 + index));
});

test.concurrent('a WebUI whose command has ended is restarted without a grace', async (context) => {
  const { directory, runner, notices, seeds, start } = await restartedLoop({ graceMs: 600_000 }, context);
  await waitFor(() => runner.getSnapshot().status.kind === 'restarting');
  start(12);
  await waitFor(() => seeds().length >= 4, { timeoutMs: 20_000 });
  process.kill(-(findStartedWebUi(directory)?.pid ?? Number.NaN), 'SIGKILL');
  await waitFor(() => runner.getSnapshot().status.kind === 'stopped', { timeoutMs: 20_000 });
  const reasons = notices.flatMap((notice) => (notice.type === 'restarting' ? [notice.reason.detail] : []));
  expect(reasons).toHaveLength(2);
  expect(reasons[1]).toContain('its command was ended by SIGKILL');
  expect(seeds()).toEqual(Array.from({ length: 12 }, (_, index) => 1000 + index));
});

test.concurrent('a WebUI whose memory fills up is restarted between two generations, before the machine dies, and nothing is sent twice', async (context) => {
  const leak: Fault = { kind: 'memory-leak', from: 'now', count: 1, value: 1000 };
  const { runner, notices, seeds, start } = await restartedLoop(
    {
      webUi: { faults: [leak] },
      whenRamShare: 0.5,
    },
    context,
  );
  await waitFor(() => runner.getSnapshot().status.kind === 'restarting');
  start(24);
  const growth = await waitFor(() => runner.getSnapshot().memoryGrowth.ram, { timeoutMs: 20_000 });
  expect(growth.bytesPerImage / 1e9).toBeCloseTo(1, 0);
  await waitFor(() => runner.getSnapshot().status.kind === 'stopped', { timeoutMs: 20_000 });
  const reasons = notices.flatMap((notice) => (notice.type === 'restarting' ? [notice.reason] : []));
  expect(reasons.map(({ kind }) => kind)).toEqual(['unreachable', 'memory-low']);
  expect(reasons[1]?.detail).toMatch(/^1\d\.\d\/32 GB, 5\d %$/);
  expect(notices.filter((notice) => notice.type === 'failure')).toEqual([]);
  expect(seeds()).toEqual(Array.from({ length: 24 }, (_, index) => 1000 + index));
});

test.concurrent('the command of one address restarts nothing at another', async (context) => {
  const { runner, notices } = await restartedLoop({}, context);
  await waitFor(() => runner.getSnapshot().status.kind === 'restarting');
  runner.connect({ url: `http://127.0.0.1:${await freePort()}`, auth: null });
  await waitFor(() => notices.filter(({ type }) => type === 'failure').length >= 2, { timeoutMs: 10_000 });
  expect(notices.filter(({ type }) => type === 'restarting')).toHaveLength(1);
});
