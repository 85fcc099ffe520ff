import { resolve } from 'node:path';
import { openLedgerReader } from '../ledger/open-ledger-reader.ts';
import type { Report } from '../presentation/report.ts';
import { reportPage } from '../presentation/report-page.ts';
import { stateDirectory } from '../settings/directories.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { reportEvent } from './print/report-event.ts';
import { reportWords } from './print/report-words.ts';
import { parseSince } from './since.ts';
import { writeAside } from './write-aside.ts';

/** `sdloop report`: what the newest run came to, or all that happened since a time, on one page. */
export async function perform({ flags, environment, output }: Invocation): Promise<number> {
  const now = Date.now();
  const since = flags.since === null ? null : parseSince(flags.since, now);
  if (flags.since !== null && since === null) {
    output.fail(
      'usage',
      '--since must be a time such as 45m, 2h, 3d, 2026-11-22 or 2026-11-22T21:00 (the local time of this machine).',
    );
    return exitCode.wrongUsage;
  }
  const reading = openLedgerReader(stateDirectory(environment, flags.profile));
  if (!reading.ok) {
    output.fail('ledger', reading.trouble.message);
    return exitCode.error;
  }
  const { reader } = reading;
  using _closing = { [Symbol.dispose]: () => reader.close() };
  const report = reader.report(since);
  const trouble = reader.trouble();
  if (trouble !== null || report === null) {
    output.fail(
      'ledger',
      trouble?.message ?? 'Nothing has run since then: leave --since out, or go further back.',
    );
    return exitCode.error;
  }
  if (flags.html !== null) return await writePage(output, resolve(flags.html), report);
  const isAscii = !terminalAbilities(environment, process.stdout, 'never').hasUnicode;
  output.print(output.isJson ? reportEvent(report, now) : reportWords(report, { isAscii }));
  return exitCode.done;
}

async function writePage(output: Output, path: string, report: Report): Promise<number> {
  const failure = await writeAside(path, reportPage(report));
  if (failure !== null) {
    const reason = failure.kind === 'disk-full' ? `${path}: the disk is full` : failure.detail;
    output.fail('file', `The report cannot be written to ${reason}. Name another file.`);
    return exitCode.error;
  }
  output.say(`The report is in ${path}.`);
  return exitCode.done;
}
