#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { checkArguments } from './commands/check-arguments.ts';
import { type CommandName, isCommandWord } from './commands/command-table.ts';
import { exitCode } from './commands/exit-code.ts';
import { helpText } from './commands/help.ts';
import { hushSqliteWarning } from './commands/hush-sqlite-warning.ts';
import type { Perform } from './commands/invocation.ts';
import { keepCompiled } from './commands/keep-compiled.ts';
import { createOutput, type Output } from './commands/output.ts';
import { parseWords } from './commands/parse-words.ts';

const performers: Readonly<Record<CommandName | 'runner', () => Promise<{ perform: Perform }>>> = {
  runner: () => import('./commands/runner.ts'),
  screen: () => import('./commands/screen.ts'),
  run: () => import('./commands/run.ts'),
  status: () => import('./commands/status.ts'),
  pause: () => import('./commands/pause.ts'),
  resume: () => import('./commands/resume.ts'),
  skip: () => import('./commands/skip.ts'),
  interrupt: () => import('./commands/interrupt.ts'),
  stop: () => import('./commands/stop.ts'),
  logs: () => import('./commands/logs.ts'),
  models: () => import('./commands/models.ts'),
  samplers: () => import('./commands/samplers.ts'),
  images: () => import('./commands/images.ts'),
  gallery: () => import('./commands/gallery.ts'),
  rate: () => import('./commands/rate.ts'),
  trash: () => import('./commands/trash.ts'),
  show: () => import('./commands/show.ts'),
  again: () => import('./commands/again.ts'),
  report: () => import('./commands/report.ts'),
  ledger: () => import('./commands/ledger.ts'),
  demo: () => import('./commands/demo.ts'),
  config: () => import('./commands/config.ts'),
};

hushSqliteWarning(process);
const argv = process.argv.slice(2);
const ownArguments = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
const output = createOutput(process.stdout, process.stderr, ownArguments.includes('--json'));
process.on('uncaughtException', (error) => {
  // A screen that is up gives the terminal back first; the error then comes out of `main`.
  if (process.listenerCount('uncaughtException') === 1) crash(error);
});
const code = await main(output).catch(crash);
const isWritten = await output.finish();
process.exit(isWritten || code !== exitCode.done ? code : exitCode.error);

/** Node would print the source line too, which in a bundle is hundreds of kilobytes. */
function crash(error: unknown): never {
  const trace = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`sdloop failed, which is a mistake in sdloop itself.\n${trace}\n`);
  process.exit(exitCode.error);
}

/** Version and help are answered before anything else is loaded: that keeps them as fast as a bare `node`. */
async function main(output: Output): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < 22) {
    output.say(`sdloop needs Node 22.19 or newer; this is Node ${process.versions.node}.`);
    return exitCode.error;
  }
  if (ownArguments.includes('--version') || ownArguments.includes('-V')) {
    output.print(readVersion());
    return exitCode.done;
  }
  if (ownArguments[0] === 'help' || ownArguments.includes('--help') || ownArguments.includes('-h')) {
    if (ownArguments[0] === 'help' && ownArguments[1] === 'failures') {
      const { failuresHelp } = await import('./commands/help-failures.ts');
      output.print(failuresHelp());
      return exitCode.done;
    }
    const word = ownArguments.find(isCommandWord);
    output.print(helpText(word ?? 'screen').trimEnd());
    return exitCode.done;
  }
  // Not in the table of commands, since it is not for people.
  const isRunner = ownArguments[0] === 'runner';
  const check = isRunner ? ({ ok: true, command: 'runner' } as const) : checkArguments(argv);
  if (!check.ok) return refuse(output, check.message);
  keepCompiled(process.env);
  const { flags: raw, input } = await parseWords(argv);
  const [{ readFlags }, { perform }] = await Promise.all([
    import('./commands/flags.ts'),
    performers[check.command](),
  ]);
  const flags = readFlags(raw);
  if (!flags.ok) return refuse(output, flags.message);
  return await perform({
    input: check.command === 'screen' ? input : input.slice(1),
    flags: flags.value,
    environment: process.env,
    output,
    version: readVersion(),
  });
}

function refuse(output: Output, message: string): number {
  output.fail('usage', message);
  return exitCode.wrongUsage;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: unknown }).version);
}
