import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A built-in WebUI in a process of its own, so that drawing pictures costs the screen nothing. */
export type DemoProcess = {
  readonly url: string;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
};

/** How long the process may take to say its address, ms: a slow disk and a cold cache included. */
const patienceMs = 20_000;

/**
 * Starts `sdloop demo` and resolves once it listens; throws with its own words when it cannot. It ends with this process in every
 * case, a kill included, since its standard input is then closed.
 */
export async function startDemoProcess(options: {
  readonly dataDirectory: string;
  readonly extraArgs?: readonly string[];
}): Promise<DemoProcess> {
  const program = process.argv[1] ?? '';
  const args = ['demo', '--port=0', '--exit-with-stdin', '--json', `--data-dir=${options.dataDirectory}`];
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, ...args, ...(options.extraArgs ?? [])],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
      // Out of the terminal's foreground group: Ctrl-C is for the loop, whose last generation still needs this WebUI.
      detached: true,
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  child.stdin.on('error', () => {});
  const stop = async () => {
    child.stdin.end();
    await ended;
  };
  try {
    return { url: await readUrl(child, ended), stop };
  } catch (error) {
    child.kill();
    throw error;
  }
}

async function readUrl(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-2000);
  });
  const lines = child.stdout ? createInterface({ input: child.stdout }) : null;
  const url = await Promise.race([
    new Promise<string>((resolve) => lines?.once('line', (line) => resolve(readListening(line) ?? ''))),
    ended.then(() => ''),
    new Promise<string>((resolve) => setTimeout(() => resolve(''), patienceMs).unref()),
  ]);
  lines?.close();
  // Left unread, a full pipe would stop it.
  child.stdout?.resume();
  if (url === '') throw new Error(words.trim() || 'The built-in WebUI could not be started.');
  return url;
}

function readListening(line: string): string | null {
  try {
    const event: unknown = JSON.parse(line);
    const isListening =
      typeof event === 'object' && event !== null && 'type' in event && event.type === 'listening';
    return isListening && 'url' in event && typeof event.url === 'string' ? event.url : null;
  } catch {
    return null;
  }
}
