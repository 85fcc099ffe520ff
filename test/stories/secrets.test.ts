import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { protocolVersion } from '../../source/connection/protocol.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { cliPath, runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { rawClient } from '../runner/raw-client.ts';
import { startLeakyWebUi } from './leaky-webui.ts';

const password = 'hunter2-hunter2';
const token = 'tok3n.tok3n.tok3n';
const key = 'pr0xy-s3cret';

/** The secrets themselves and the header that they become. */
const needles = [password, btoa(`rig:${password}`).replace(/=+$/, ''), token, key];

test.each([
  [
    'user and password, with headers',
    { SDLOOP_AUTH: `rig:${password}`, SDLOOP_HEADERS: `X-Key: ${key}` },
    null,
  ],
  ['a token and headers in a file', {}, `Bearer ${token}\nX-Key: ${key}\n`],
])(
  '%s: no file, log, socket, terminal or process shows what a leaky WebUI was sent',
  async (_, variables, file) => {
    const { url, seen } = await startLeakyWebUi();
    const home = tempDirectoryInTest();
    onTestFinished(() => endRunnersOf(home));
    const authFile = join(home, 'auth');
    if (file !== null) writeFileSync(authFile, file, { mode: 0o600 });
    const env = { SDLOOP_URL: url, ...variables, ...(file === null ? {} : { SDLOOP_AUTH_FILE: authFile }) };
    const told: string[] = [];
    const run = async (...args: string[]) => {
      const { stdout, stderr } = await runCli(args, { home, cwd: home, env });
      told.push(stdout, stderr);
      return stdout;
    };
    // What it says to a probe alone.
    await run('models', '--json');
    await run('samplers');
    await run(
      'run',
      '--detach',
      '--wait',
      '--model=demo-landscape',
      '--prompt=dusk',
      '--width=64',
      '--height=64',
    );
    const screen = openTerminalInTest({ command: process.execPath, args: [cliPath], home, cwd: home, env });
    await screen.waitFor(/[1-9]\d* images/, { timeoutMs: 30_000 });
    const runner = await waitFor(() => readRunnerPointer(runnerStateDirectory(home)));
    const socket = rawClient(
      runner.socketPath,
      `${JSON.stringify({ type: 'hello', protocol: protocolVersion, version: runner.version, role: 'screen' })}\n`,
    );
    await socket.message('snapshot');
    for (const command of ['status', 'images', 'logs']) await run(command, '--json');
    const log = await run('logs');
    for (const name of ['cmdline', 'environ']) told.push(readFileSync(`/proc/${runner.pid}/${name}`, 'utf8'));
    await run('stop', '--now', '--json');
    told.push(screen.written(), JSON.stringify(socket.lines()));
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && path !== authFile) told.push(readFileSync(path, 'latin1'));
    }
    // The leaks came, and what is left of them is told.
    expect(log).toMatch(/HTTP 50\d.*\*\*\*/);
    const sent = JSON.stringify(seen);
    expect(needles.filter((needle) => sent.includes(needle)).length).toBeGreaterThan(0);
    const all = told.join('\n').toLowerCase();
    for (const needle of needles) expect(all).not.toContain(needle.toLowerCase());
  },
  60_000,
);
