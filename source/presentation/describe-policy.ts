import { type FailurePolicy, failurePolicies, maxGivenUpInARow } from '../engine/failure-policy.ts';
import type { FailureKind } from '../generation/failure.ts';
import { describeFailure } from './describe-failure.ts';

/** What a person may know beforehand about one kind of failure, each a phrase without its full stop. */
export type PolicyWords = {
  readonly kind: FailureKind;
  /** What happened, a sentence. */
  readonly what: string;
  readonly done: string;
  /** How often, and after how long. */
  readonly often: string;
  /** What the state line of screen and `status` says meanwhile. */
  readonly seen: string;
};

/** What is done about each kind of failure, as the loop's own table says. */
export function describePolicies(): PolicyWords[] {
  return (Object.keys(failurePolicies) as FailureKind[]).map((kind) => {
    const policy = failurePolicies[kind];
    const { what } = describeFailure({ kind, detail: '' }, { url: 'the address' });
    return { kind, what, ...wordsFor(policy, kind) };
  });
}

function wordsFor(policy: FailurePolicy, kind: FailureKind): Pick<PolicyWords, 'done' | 'often' | 'seen'> {
  const inARow = `after ${maxGivenUpInARow} in a row it asks you`;
  switch (policy.action) {
    case 'retry': {
      const done = lookedFor.has(kind)
        ? 'its images are looked for; what is missing is made'
        : 'tried again, with the same seeds';
      return { done, often: `for ever, ${delays(policy.delaysMs)}`, seen: 'retrying' };
    }
    case 'make-room':
      return {
        done: 'memory freed where the WebUI can, batches halved, then smaller images (--allow-smaller); at last the generation is given up',
        often: `${delays(policy.delaysMs)}; ${inARow}`,
        seen: 'retrying, generating',
      };
    case 'replace':
      return {
        done: 'the next generation makes others in place of its images',
        often: `a second one in a row counts as given up; ${inARow}`,
        seen: 'generating',
      };
    case 'wake':
      return {
        done: 'interrupted; then let go of, and its images looked for; then the WebUI is restarted, by itself (--api-server-stop) or by --restart-command; else it asks you',
        often:
          'after ten times the usual time of a step, at least a minute; half a minute later; once it stands still again',
        seen: 'generating, retrying, restarting, needs you',
      };
    case 'give-up':
      return { done: 'the generation is given up, the next one made', often: inARow, seen: 'generating' };
    case 'ask':
      return { done: 'nothing is sent until you have seen to it', often: 'at once', seen: 'needs you' };
  }
}

/** After these the WebUI may have done the work all the same. */
const lookedFor: ReadonlySet<FailureKind> = new Set(['connection-lost', 'invalid-answer', 'server-error']);

function delays(delaysMs: readonly number[]): string {
  const seconds = delaysMs.map((ms) => ms / 1000);
  const last = `${seconds.at(-1)} s`;
  return seconds.length === 1 ? `after ${last}` : `after ${seconds.slice(0, -1).join(', ')}, then ${last}`;
}
