import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { cliPath } from '../helpers/run-cli.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWebUiProcess, type WebUiProcess, type WebUiProcessOptions } from '../helpers/webui-process.ts';
import { shellScript } from './shell-script.ts';

export type StoryOptions = {
  readonly columns?: number;
  readonly rows?: number;
  /** Behind `sdloop --url ...`. */
  readonly args?: readonly string[];
  readonly webUi?: WebUiProcessOptions;
  /** Asks for everything by default; `true` gives a checkpoint and a prompt, so that it generates at once. */
  readonly isGenerating?: boolean;
  readonly home?: string;
};

export type SavedImage = { readonly name: string; readonly seed: number; readonly bytes: Buffer };

/** A person at a terminal, in front of sdloop and a WebUI. */
export type Story = {
  readonly terminal: Terminal;
  readonly webUi: WebUiProcess;
  /** Waits until the header has the word for a state. */
  sees(state: string): Promise<void>;
  footer(): string;
  /** The finished images on disk, oldest first. */
  images(): SavedImage[];
  /** Waits until an image whose infotext holds `text` is on disk. */
  imageWith(text: string): Promise<SavedImage>;
  /** Of sdloop itself, which runs below a shell. */
  programPid(): number;
  /** Waits until sdloop has ended, and expects its exit code and a terminal as it was before. */
  leavesWith(code: number): Promise<void>;
};

/** Starts the built-in WebUI and the screen on it, in a pseudo-terminal below a shell; all of it ends with the test. */
export async function startStory(options: StoryOptions = {}): Promise<Story> {
  const webUi = await startWebUiProcess({ durationMs: 600, ...options.webUi });
  onTestFinished(async () => webUi[Symbol.asyncDispose]());
  const [model = ''] = await webUi.checkpoints();
  const chosen = options.isGenerating ? ['--model', model, '--prompt', 'a lighthouse at dusk'] : [];
  const program = [process.execPath, cliPath, '--url', webUi.url, ...chosen, ...(options.args ?? [])];
  const { columns = 120, rows = 40, home } = options;
  const terminal = openTerminalInTest({
    command: '/bin/sh',
    args: ['-c', shellScript, 'sh', ...program],
    columns,
    rows,
    ...(home === undefined ? {} : { home }),
  });
  const images = () => savedImages(webUi.imageDirectory);
  const story: Story = {
    terminal,
    webUi,
    sees: (state) => terminal.waitFor(new RegExp(`^[^\\n]*${state}`)),
    footer: () => terminal.screen().at(-1) ?? '',
    images,
    imageWith: (text) => waitFor(() => images().find(({ bytes }) => bytes.includes(text))),
    programPid: () => childOf(terminal.pid),
    async leavesWith(code) {
      await terminal.waitFor(/left with \d+[\s\S]*icanon/);
      expect(terminal.text()).toContain(`left with ${code}\n`);
      expect(terminal.modes).toEqual({
        isAlternateScreen: false,
        isCursorVisible: true,
        isBracketedPaste: false,
        isMouseTracked: false,
        isFrameOpen: false,
      });
      // A dash before the name would say that it is off.
      expect(terminal.text()).toMatch(/[^-]icanon/);
      expect(terminal.text()).toMatch(/[^-]echo /);
    },
  };
  if (options.isGenerating) await story.sees('generating');
  return story;
}

function savedImages(directory: string): SavedImage[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .flatMap((path) => {
        const match = /(\d{5}-(\d+)\.png)$/.exec(path);
        if (!match) return [];
        const [, name = '', seed] = match;
        return [{ name, seed: Number(seed), bytes: readFileSync(join(directory, path)) }];
      });
  } catch (error) {
    // It comes with the first image.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** The only child of a process (Linux). */
function childOf(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(child);
}
