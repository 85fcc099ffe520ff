import { type Ending, usualEnding } from './ending.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

/** `openTerminal` whose processes end with the running test, however it ends. */
export function openTerminalInTest(
  options: TerminalOptions,
  { onTestFinished }: Ending = usualEnding,
): Terminal {
  const terminal = openTerminal(options);
  onTestFinished(async () => terminal[Symbol.asyncDispose]());
  return terminal;
}
