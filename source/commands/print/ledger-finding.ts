import { cleanText } from '../../presentation/clean-text.ts';
import { formatFileTime } from '../../presentation/clock-time.ts';
import type { CheckCounts, Finding } from '../check-ledger.ts';
import type { Event } from './notice-event.ts';

/** The `--json` object for a finding. */
export function findingEvent(finding: Finding, at: number): Event {
  return { type: 'finding', at, ...finding };
}

/** A finding for a person, one cleaned line. */
export function findingWords(finding: Finding, now: number): string {
  return cleanText(wordsOf(finding, now));
}

/** The last line for a person. */
export function checkWords({ imageCount, folderCount }: CheckCounts, findingCount: number): string {
  const compared = `${count(imageCount, 'image')} in ${count(folderCount, 'folder')}`;
  return findingCount === 0
    ? `The ledger and the files agree: ${compared}.`
    : `${count(findingCount, 'difference')} between the ledger and the files: ${compared}.`;
}

function wordsOf(finding: Finding, now: number): string {
  switch (finding.kind) {
    case 'damaged':
      return `damaged          ${finding.detail}`;
    case 'folder-missing':
      return `folder missing   ${finding.path} (${count(finding.imageCount, 'image')})`;
    case 'file-missing':
      return `file missing     ${finding.path} (#${finding.generation})`;
    case 'unknown-file':
      return `unknown file     ${finding.path}`;
    case 'doubled':
      return `made twice       ${finding.path} (#${finding.generation}, seed ${finding.seed}: ${finding.original})`;
    case 'open-generation': {
      const why = finding.isCurrent
        ? 'as it should be while a runner is at work; the next start settles it otherwise'
        : 'its run has ended';
      return `no outcome       #${finding.generation} of ${formatFileTime(finding.plannedAt, now).trim()}: ${why}`;
    }
  }
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
