import { openLedgerReader } from '../ledger/open-ledger-reader.ts';
import type { Choice } from '../presentation/choosing.ts';
import { stateDirectory } from '../settings/directories.ts';
import { checkLedger, type Finding } from './check-ledger.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { hasChoices, openProfileChooser } from './open-choices.ts';
import { jsonLine } from './print/json-line.ts';
import { checkWords, findingEvent, findingWords } from './print/ledger-finding.ts';

/** `sdloop ledger check`: whether the ledger and the files agree. */
export async function perform(invocation: Invocation): Promise<number> {
  const { input, flags, environment, output } = invocation;
  if (input.length !== 1 || input[0] !== 'check') {
    output.fail('usage', 'Write `sdloop ledger check`.');
    return exitCode.wrongUsage;
  }
  const reading = openLedgerReader(stateDirectory(environment, flags.profile));
  if (!reading.ok) {
    output.fail('ledger', reading.trouble.message);
    return exitCode.error;
  }
  const { reader } = reading;
  using _closing = { [Symbol.dispose]: () => reader.close() };
  const decided = decidedIn(invocation);
  const isRejected = (path: string) => decided.get(path)?.verdict === 'rejected';
  const counts = { imageCount: 0, folderCount: 0 };
  let findingCount = 0;
  for await (const finding of checkLedger(reader, counts, isRejected)) {
    if (!isAsItShouldBe(finding)) findingCount += 1;
    const now = Date.now();
    output.print(output.isJson ? jsonLine(findingEvent(finding, now)) : findingWords(finding, now));
    if (output.isBehind()) await output.whenLevel();
    if (output.readerGone.aborted) return exitCode.error;
  }
  const trouble = reader.trouble();
  if (trouble !== null) {
    output.fail('ledger', trouble.message);
    return exitCode.error;
  }
  const { imageCount: images, folderCount: folders } = counts;
  const summary = { type: 'summary', at: Date.now(), images, folders, findings: findingCount };
  output.print(output.isJson ? jsonLine(summary) : checkWords(counts, findingCount));
  return findingCount === 0 ? exitCode.done : exitCode.error;
}

function decidedIn(invocation: Invocation): ReadonlyMap<string, Choice> {
  const chooser = hasChoices(invocation) ? openProfileChooser(invocation) : null;
  try {
    return chooser?.decidedPlaces() ?? new Map();
  } finally {
    chooser?.close();
  }
}

/** What a runner works on has no outcome yet. */
function isAsItShouldBe(finding: Finding): boolean {
  return finding.kind === 'open-generation' && finding.isCurrent;
}
