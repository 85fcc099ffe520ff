import { readFileSync, readlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { type RunnerStart, readRunnerStart } from '../../source/connection/runner-start.ts';
import { startRunnerProcess } from '../../source/runner/start-runner-process.ts';
import { startProgram } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { examplePlan } from './loop-in-test.ts';

const program = resolve(import.meta.dirname, 'runner-main.ts');

function startOf(directory: string, prompt: string): RunnerStart {
  return {
    address: { url: 'http://127.0.0.1:7860', auth: 'me:secret' },
    saving: { choice: 'auto', outputDirectory: null },
    workingDirectory: directory,
    isDemo: false,
    demoFamily: null,
    minFreeBytes: 2e9,
    policy: { mayShrinkSize: true, wireLimitMs: 100_000 },
    resumesAfterCrash: true,
    restart: { command: null, patienceMs: 1, whenRamShare: null },
    // The prompt tells the process under test what to do.
    plan: { ...examplePlan, parameters: { ...examplePlan.parameters, prompt } },
  };
}

async function startedInTest(prompt: string, patienceMs = 10_000) {
  const directory = tempDirectoryInTest();
  const logPath = join(directory, 'runner.log');
  const environment = { ...process.env, SDLOOP_AUTH: 'me:secret', SDLOOP_URL: 'http://elsewhere' };
  const outcome = await startRunnerProcess({
    program,
    profile: 'night',
    start: startOf(directory, prompt),
    logPath,
    environment,
    patienceMs,
  });
  if (outcome.ok) onTestFinished(() => void process.kill(outcome.pid, 'SIGKILL'));
  return { outcome, logPath, log: () => readFileSync(logPath, 'utf8') };
}

test('a runner gets all it needs and none of it can be read by others', async () => {
  const { outcome, log } = await startedInTest('be ready');
  if (!outcome.ok) throw new Error(outcome.reason);
  await waitFor(() => log().includes('night'));
  expect(log()).toContain('runner --profile night');
  expect(log()).toContain('me:secret');
  const proc = `/proc/${outcome.pid}`;
  expect(readFileSync(`${proc}/cmdline`, 'utf8') + readFileSync(`${proc}/environ`, 'utf8')).not.toMatch(
    /secret|SDLOOP_/,
  );
  expect(readlinkSync(`${proc}/cwd`)).toBe('/');
  const session = readFileSync(`${proc}/stat`, 'utf8').split(') ')[1]?.split(' ')[3];
  expect(session).toBe(String(outcome.pid));
});

test('a hang-up does not end it', async () => {
  const { outcome, log } = await startedInTest('be ready');
  if (!outcome.ok) throw new Error(outcome.reason);
  process.kill(outcome.pid, 'SIGHUP');
  process.kill(outcome.pid, 'SIGUSR2');
  await waitFor(() => log().includes('still here'));
});

test('why it failed is handed on in its own words', async () => {
  const { outcome } = await startedInTest('fail');
  expect(outcome).toEqual({ ok: false, kind: 'held', reason: 'Process 7 runs the loop already.' });
});

test('one that dies is quoted from the log, with what this one wrote only', async () => {
  const { outcome, logPath } = await startedInTest('throw');
  expect(outcome).toEqual({
    ok: false,
    kind: 'ended',
    reason: `The runner ended before it answered: TypeError: broken here. See ${logPath}.`,
  });
});

test('one that never answers is ended after a bounded wait', async () => {
  const { outcome, log } = await startedInTest('hang', 700);
  expect(outcome).toMatchObject({ ok: false, kind: 'late', reason: expect.stringContaining('1 s') });
  const pid = Number(/pid (\d+)/.exec(log())?.[1]);
  await waitFor(() => !isAlive(pid));
});

test('whoever started it may end at once', async () => {
  const directory = tempDirectoryInTest();
  const starter = resolve(import.meta.dirname, 'starter-main.ts');
  const start = JSON.stringify(startOf(directory, 'be ready'));
  await using process_ = startProgram(process.execPath, [
    starter,
    program,
    join(directory, 'runner.log'),
    start,
  ]);
  const { stdout, code } = await process_.ended;
  expect(code).toBe(0);
  const pid = Number(stdout);
  onTestFinished(() => void process.kill(pid, 'SIGKILL'));
  process.kill(pid, 'SIGUSR2');
  await waitFor(() => readFileSync(join(directory, 'runner.log'), 'utf8').includes('still here'));
});

test('a log that cannot be opened is a reason', async () => {
  const outcome = await startRunnerProcess({
    program,
    profile: 'default',
    start: startOf('/', 'be ready'),
    logPath: join(tempDirectoryInTest(), 'missing/runner.log'),
    environment: {},
  });
  expect(outcome).toMatchObject({
    ok: false,
    kind: 'log-unwritable',
    reason: expect.stringContaining('ENOENT'),
  });
});

test('what is no start of ours is refused', async () => {
  const read = (text: string) => readRunnerStart(Readable.from([Buffer.from(text)]));
  const start = startOf('/home/me', 'a');
  expect(await read(JSON.stringify(start))).toEqual(start);
  expect(await read('')).toBeNull();
  expect(await read('{}')).toBeNull();
  expect(await read(JSON.stringify({ ...start, workingDirectory: 'relative' }))).toBeNull();
  expect(await read(JSON.stringify({ ...start, more: 'x'.repeat(2_000_000) }))).toBeNull();
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
