import { setTimeout as after } from 'node:timers/promises';
import { askTmux } from './ask-tmux.ts';
import { chooseTerminal, mayTakeKitty, type TmuxFacts } from './choose-terminal.ts';
import type { PictureChoice, PictureTerminal } from './picture-protocol.ts';
import { filterReports } from './report-filter.ts';
import { kittyQueryId, noAnswers } from './terminal-answers.ts';
import { throughTmux } from './through-tmux.ts';

export type DetectOptions = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly choice: PictureChoice;
  /** How long the answers may take. */
  readonly patienceMs?: number;
  /**
   * For a caller that goes on to read stdin in raw mode: answers that come later are then still kept from it, and told here once the last
   * has come. Without it, raw mode ends with the patience.
   */
  readonly onLate?: (terminal: PictureTerminal) => void;
};

const defaultPatienceMs = 150;

/** On a line where an answer takes longer than this, pictures would too. */
const latenessMs = 5000;

/** Asks the terminal once what pictures it can draw, before anything else reads its input. */
export async function detectPictureTerminal(options: DetectOptions): Promise<PictureTerminal> {
  const { stdin, stdout, environment, patienceMs = defaultPatienceMs } = options;
  const answers = noAnswers();
  const conclude = (tmux: TmuxFacts | null) =>
    chooseTerminal({
      choice: withoutAsking(options) ?? options.choice,
      answers,
      environment,
      window: { columns: stdout.columns || 80, rows: stdout.rows || 24 },
      tmux,
    });
  if (withoutAsking(options) !== null) return conclude(null);
  const tmux = environment.TMUX ? await askTmux(environment, patienceMs) : null;
  const wasRaw = stdin.isRaw === true;
  stdin.setRawMode(true);
  const filter = filterReports(stdin, answers);
  // tmux answers the last question at once, before the terminal around it has answered the one that is handed through.
  const waitsForKitty = mayTakeKitty(tmux);
  const hasAnswered = () => answers.attributes !== null && !(waitsForKitty && answers.takesKitty === null);
  const askedAt = performance.now();
  stdout.write(questions(options, tmux));
  const giveUp = new AbortController();
  const isOver = after(patienceMs, undefined, { signal: giveUp.signal }).catch(() => undefined);
  await Promise.race([filter.answered(hasAnswered), isOver]);
  giveUp.abort();
  const { onLate } = options;
  if (hasAnswered() || !onLate) {
    filter.end();
    if (!wasRaw) stdin.setRawMode(false);
    return hasAnswered() ? { ...conclude(tmux), roundTripMs: performance.now() - askedAt } : conclude(tmux);
  }
  filter.handOver();
  const isTooLate = after(latenessMs, undefined, { ref: false });
  void Promise.race([filter.answered(hasAnswered), isTooLate]).then(() => {
    filter.end();
    if (hasAnswered()) onLate({ ...conclude(tmux), roundTripMs: performance.now() - askedAt });
  });
  return conclude(tmux);
}

/** What need not be asked, and what must not, since it would print the questions. */
function withoutAsking({ stdin, stdout, environment, choice }: DetectOptions): PictureChoice | null {
  if (choice === 'off' || choice === 'blocks') return choice;
  const isTerminal = stdin.isTTY === true && stdout.isTTY === true;
  if (choice !== 'auto') return isTerminal ? null : choice;
  if (!stdout.isTTY || environment.TERM === 'dumb') return 'off';
  return !isTerminal || environment.TERM === 'linux' ? 'blocks' : null;
}

/**
 * All in one write and ended by DA1, which every terminal answers: whatever is not answered before it never will be. Terminals that print
 * what they do not know have it taken away again.
 */
function questions({ environment }: DetectOptions, tmux: TmuxFacts | null): string {
  const kitty = `\u001b_Gi=${kittyQueryId},s=1,v=1,a=q,t=d,f=24;AAAA\u001b\\`;
  const isAskedForKitty = environment.TMUX
    ? mayTakeKitty(tmux)
    : environment.TERM_PROGRAM !== 'Apple_Terminal';
  const name = '\u001b[>q';
  const cell = '\u001b[16t\u001b[14t';
  const iterm2 = tmux ? '' : '\u001b]1337;ReportCellSize\u0007';
  const sixel = '\u001b[?2;1;0S';
  const attributes = '\u001b[c';
  const asked = isAskedForKitty ? (tmux ? throughTmux(kitty) : kitty) : '';
  return `\u001b7${asked}${name}${iterm2}${cell}${sixel}\u001b8\u001b[K${attributes}`;
}
