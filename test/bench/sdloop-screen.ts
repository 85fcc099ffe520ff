import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { runnerStateDirectory } from '../helpers/end-runners.ts';
import { cliPath } from '../helpers/run-cli.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import type { RunningWebUi } from '../helpers/webui-process.ts';

export const size = { columns: 120, rows: 40 };

/** Starts the screen and ends it once it has kept its compiled code: what is measured next is no first start. */
export async function startOnce(url: string, home: string): Promise<void> {
  await using terminal = openTerminal({
    command: process.execPath,
    args: [cliPath, '--url', url],
    home,
    ...size,
  });
  const directory = join(home, '.cache/sdloop/compiled');
  await terminal.waitFor(
    () => existsSync(directory) && readdirSync(directory, { recursive: true }).length > 5,
  );
  await terminal.press('ctrl-c');
  await terminal.press('ctrl-c');
  await terminal.exit;
}

/** Opens the screen on a WebUI with all that it needs to generate at once. */
export async function openScreen(
  webUi: RunningWebUi,
  options: readonly string[] = [],
  home?: string,
): Promise<Terminal> {
  const [model = ''] = await webUi.checkpoints();
  return openTerminal({
    command: process.execPath,
    args: [cliPath, '--url', webUi.url, '--model', model, '--prompt', 'a lighthouse at dusk', ...options],
    ...(home !== undefined && { home }),
    ...size,
  });
}

/** `openScreen`, and waits until it generates. */
export async function openGeneratingScreen(
  webUi: RunningWebUi,
  options: readonly string[] = [],
  home?: string,
): Promise<Terminal> {
  const terminal = await openScreen(webUi, options, home);
  try {
    await generating(terminal);
    return terminal;
  } catch (error) {
    await terminal[Symbol.asyncDispose]();
    throw error;
  }
}

export async function generating(terminal: Terminal): Promise<void> {
  await terminal.waitFor(says('generating'));
}

/** The process of the runner that a home's screens are joined to. */
export function runnerPidOf(home: string): number {
  const pointer = readRunnerPointer(runnerStateDirectory(home));
  if (pointer === null) throw new Error('No runner has been started.');
  return pointer.pid;
}

/** The header is drawn first and the footer last, on every screen. */
export function hasFrame(terminal: Terminal): boolean {
  const lines = terminal.screen();
  return lines[0]?.includes('sdloop') === true && lines.slice(-2).some((line) => line.includes('help'));
}

/** Pauses the loop and waits until what is in flight has finished. */
export async function pause(terminal: Terminal, timeoutMs: number): Promise<void> {
  await terminal.press('p');
  await terminal.waitFor(says('paused'), { timeoutMs });
}

/** Goes on after a pause. */
export async function resume(terminal: Terminal): Promise<void> {
  await terminal.press('p');
  await generating(terminal);
}

/** The header, the first line, has the word for the state. */
function says(state: string): RegExp {
  return new RegExp(`^[^\\n]*${state}`);
}
