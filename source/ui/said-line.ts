import { cleanText } from '../presentation/clean-text.ts';
import { formatHourMinute } from '../presentation/clock-time.ts';
import { describeAbsence } from '../presentation/describe-absence.ts';
import { linkSentences } from '../presentation/describe-link.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { Message, Snapshot } from '../presentation/snapshot.ts';
import { questionText } from './questions.ts';
import type { ScreenState } from './screen-state.ts';
import type { Role, Span } from './text/span.ts';
import { widthOf } from './text/width.ts';

export type SayingFacts = {
  readonly state: Pick<ScreenState, 'overlay' | 'note' | 'screen' | 'isAbsenceShown'>;
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
  /** Columns of the line. */
  readonly width: number;
  readonly now: number;
};

/** The line above the footer: `mark` stands at its end and is never cut. */
export type SaidLine = { readonly said: readonly Span[]; readonly mark: Span | null };

/** What there is to say; while it is something else, a mark reminds of a ledger that cannot be written. */
export function saidLine(facts: SayingFacts): SaidLine {
  const { ledgerTrouble, messages } = facts.snapshot;
  const message = messages.at(-1);
  if (ledgerTrouble === null) {
    return { said: pressingSpans(facts) ?? messageSpans(message, facts.now), mark: null };
  }
  const pressing = pressingSpans({ ...facts, width: facts.width - widthOf(ledgerMark.text) });
  if (pressing !== null) return { said: pressing, mark: ledgerMark };
  return message !== undefined && facts.now - message.at < readForMs
    ? { said: messageSpans(message, facts.now), mark: ledgerMark }
    : { said: [{ text: ` ${ledgerTrouble}`, role: 'warning' }], mark: null };
}

const ledgerMark: Span = { text: '  ! ledger ', role: 'warning' };

/** Older messages are in the panel for them, where there is one, and would only seem new here. */
const shownForMs = 10 * 60_000;

/** Long enough to read a message before the trouble with the ledger takes its place again. */
const readForMs = 15_000;

/** A question, the answer to the last key, what is known of the runner, a stop under way, or what happened meanwhile. */
function pressingSpans({ state, snapshot, link, width }: SayingFacts): Span[] | null {
  const question = state.overlay === null ? null : questionText(state.overlay, snapshot, link);
  if (question !== null) return [{ text: ` ${question}`, role: 'warning' }];
  if (state.note !== null) {
    const { text, tone } = state.note;
    return [{ text: ` ${cleanText(text)}`, role: tone === 'warning' ? 'warning' : 'accent' }];
  }
  // While there is nothing to watch yet, the screen itself says what happened last.
  if (state.screen.kind === 'connect' || (link.kind === 'refused' && state.screen.kind !== 'setup'))
    return [];
  if (link.kind !== 'live')
    return [{ text: fitting(linkSentences(link, whereIs(state)), width), role: 'warning' }];
  if (snapshot.status.kind === 'stopping' && state.screen.kind === 'monitor') {
    return [{ text: fitting(stoppingSentences(snapshot), width), role: 'warning' }];
  }
  if (!state.isAbsenceShown || snapshot.absence === null) return null;
  return [{ text: fitting(describeAbsence(snapshot.absence, snapshot.throughput), width), role: 'accent' }];
}

/** On the other screens letters are text, or mean what is set up. */
function whereIs({ screen }: SayingFacts['state']): 'watching' | 'setting-up' {
  return screen.kind === 'setup' || screen.kind === 'ready' ? 'setting-up' : 'watching';
}

/** The first wording that fits into the line, or else the last. */
function fitting(sentences: readonly string[], width: number): string {
  const lines = sentences.map((sentence) => ` ${cleanText(sentence)}`);
  return lines.find((line) => widthOf(line) <= width) ?? lines.at(-1) ?? '';
}

function stoppingSentences({ running }: Snapshot): readonly string[] {
  if (running === null) return ['Stopping. Esc takes it back.'];
  const { id } = running.generation;
  return [
    `Stopping after #${id}: Esc takes it back, x interrupts what is being generated.`,
    `Stopping after #${id}: Esc takes it back, x interrupts it.`,
  ];
}

function messageSpans(message: Message | undefined, now: number): Span[] {
  if (message === undefined || now - message.at > shownForMs) return [];
  return [
    { text: ` ${formatHourMinute(message.at)}  `, role: 'quiet' },
    { text: cleanText(message.text), role: tones[message.tone] },
  ];
}

const tones: Readonly<Record<Message['tone'], Role>> = {
  info: 'plain',
  good: 'good',
  warning: 'warning',
  bad: 'bad',
};
