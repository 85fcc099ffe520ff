import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';
import { endRunnersOf, runnerStateDirectory } from '../helpers/end-runners.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';
import { performCli } from '../helpers/perform-cli.ts';
import { cliPath } from '../helpers/run-cli.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { startWebUiHere } from '../helpers/webui-here.ts';
import type { RunningWebUi, WebUiProcessOptions } from '../helpers/webui-process.ts';
import { shellScript } from './shell-script.ts';

export type StoryOptions = {
  readonly columns?: number;
  readonly rows?: number;
  /** Behind `sdloop --url ...`. */
  readonly args?: readonly string[];
  /** Before the program's own path. */
  readonly nodeArgs?: readonly string[];
  readonly webUi?: WebUiProcessOptions;
  /** One that has been started before, and may have ended, instead of one of its own. */
  readonly sameWebUi?: RunningWebUi;
  /** Stands between the program and the WebUI. */
  readonly url?: (webUi: RunningWebUi) => Promise<string>;
  /** Asks for everything by default; `true` gives a checkpoint and a prompt, so that it generates at once. */
  readonly isGenerating?: boolean;
  readonly home?: string;
};

export type SavedImage = { readonly name: string; readonly path: string; readonly seed: number };

/** A person at a terminal, in front of sdloop and a WebUI. */
export type Story = {
  readonly terminal: Terminal;
  readonly webUi: RunningWebUi;
  /** Waits until the header has the word for a state. */
  sees(state: string): Promise<void>;
  footer(): string;
  /** The finished images on disk, oldest first. */
  images(): SavedImage[];
  /** Waits until an image whose infotext holds `text` is on disk. */
  imageWith(text: string): Promise<SavedImage>;
  /** Waits until the WebUI has begun a generation that it had not been asked for yet; returns its seeds. */
  nextGeneration(): Promise<readonly number[]>;
  /** Ends the loop from elsewhere, and expects that every seed that was asked for is on disk, once. */
  losesNoImage(): Promise<void>;
  /** Another terminal of the same person; what it is given comes behind `sdloop`. */
  comesBack(options?: Pick<StoryOptions, 'columns' | 'rows' | 'args'>): Promise<Story>;
  /** Of the process that performs the loop. */
  runnerPid(): number;
  /** Of sdloop itself, which runs below a shell. */
  programPid(): number;
  /** Waits until sdloop has ended, and expects its exit code and a terminal as it was before. */
  leavesWith(code: number): Promise<void>;
};

/** Longer than the usual 5 s: a generation, a retry and a busy machine may lie in between. */
const patience = { timeoutMs: 10_000 };

/** The exit code of a command where no loop runs. */
const noLoop = 5;

/** Starts the built-in WebUI and the screen on it, in a pseudo-terminal below a shell; all of it, the runner too, ends with the test. */
export async function startStory(options: StoryOptions = {}, ending: Ending = usualEnding): Promise<Story> {
  const webUi = options.sameWebUi ?? (await webUiInTest(options.webUi, ending));
  const url = (await options.url?.(webUi)) ?? webUi.url;
  const chosen = ['--model', 'demo-landscape', '--prompt', 'a lighthouse at dusk', '--batch-size', '2'];
  const terminal = openTerminalInTest(
    {
      command: '/bin/sh',
      args: [
        ...['-c', shellScript, 'sh', process.execPath, ...(options.nodeArgs ?? []), cliPath, '--url', url],
        ...(options.isGenerating ? chosen : []),
        ...(options.args ?? []),
      ],
      columns: options.columns ?? 120,
      rows: options.rows ?? 40,
      ...(options.home !== undefined && { home: options.home }),
    },
    ending,
  );
  ending.onTestFinished(({ task }) => {
    if (task.result?.state === 'fail') console.error(`The last frame was:\n${terminal.text()}`);
    // Before the home goes, which tells where they are.
    endRunnersOf(terminal.home);
  });
  const images = () => savedImages(webUi.imageDirectory);
  const story: Story = {
    terminal,
    webUi,
    sees: (state) => terminal.waitFor(new RegExp(`^[^\\n]*${state}`)),
    footer: () => terminal.screen().at(-1) ?? '',
    images,
    imageWith: (text) =>
      waitFor(() => images().find(({ path }) => readFileSync(path).includes(text)), patience),
    async nextGeneration() {
      const { length } = await webUi.requests();
      const isBegun = async () => {
        const request = (await webUi.requests())[length];
        return request?.startedAt != null && request;
      };
      return (await waitFor(isBegun, patience)).seeds;
    },
    async losesNoImage() {
      const { code } = await performCli(['stop'], { home: terminal.home });
      expect([0, noLoop]).toContain(code);
      // What was asked for again after an answer was lost is still one image.
      const wanted = new Set((await webUi.requests()).flatMap(({ seeds }) => seeds));
      const saved = images().map(({ seed }) => seed);
      expect(saved.toSorted()).toEqual([...wanted].toSorted());
    },
    comesBack: (again) => startStory({ ...again, home: terminal.home, sameWebUi: webUi }, ending),
    runnerPid: () => readRunnerPointer(runnerStateDirectory(terminal.home))?.pid ?? 0,
    programPid: () => childOf(terminal.pid),
    async leavesWith(code) {
      await terminal.waitFor(/left with \d+[\s\S]*icanon/);
      expect(terminal.text()).toContain(`left with ${code}\n`);
      // What a shell says of a program that a signal has killed, instead of one that ended by itself.
      expect(terminal.text()).not.toMatch(/Terminated|Hangup|Interrupt$/m);
      expect(terminal.modes).toEqual({
        isAlternateScreen: false,
        isCursorVisible: true,
        isBracketedPaste: false,
        isMouseTracked: false,
        isFrameOpen: false,
      });
      expect(terminal.title()).toBe('');
      // A dash before the name would say that it is off.
      expect(terminal.text()).toMatch(/[^-]icanon/);
      expect(terminal.text()).toMatch(/[^-]echo /);
    },
  };
  if (options.isGenerating) await story.sees('generating');
  return story;
}

/** A built-in WebUI, which ends with the running test. */
export async function webUiInTest(
  options: WebUiProcessOptions = {},
  { onTestFinished }: Ending = usualEnding,
): Promise<RunningWebUi> {
  const webUi = await startWebUiHere({ durationMs: 600, loadMs: 0, ...options });
  onTestFinished(async () => webUi[Symbol.asyncDispose]());
  return webUi;
}

/** Waits until a process is no more (Linux). */
export async function hasEnded(pid: number): Promise<void> {
  await waitFor(() => !existsSync(`/proc/${pid}`) || /\) Z /.test(statusOf(pid)), patience);
}

function statusOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ') Z ';
  }
}

function savedImages(directory: string): SavedImage[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .toSorted()
      .flatMap((path) => {
        const match = /(\d{5}-(\d+)\.png)$/.exec(path);
        if (!match) return [];
        const [, name = '', seed] = match;
        return [{ name, path: join(directory, path), seed: Number(seed) }];
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
