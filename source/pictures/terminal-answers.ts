/** What a terminal has told about itself. */
export type TerminalAnswers = {
  /** DA1's attributes; the last question, so that all answers of the terminal itself are in once it is there. */
  attributes: readonly number[] | null;
  /** XTVERSION, such as `kitty(0.36.1)`; cleaned of nothing, so it is only ever compared. */
  name: string | null;
  /** Whether it took a picture of one pixel as kitty does; null before it has said so. */
  takesKitty: boolean | null;
  /** Whether it told the size of its cells in iTerm2's own way. */
  speaksIterm2: boolean;
  cell: PixelSize | null;
  /** Of the whole text, from which the cell follows. */
  text: PixelSize | null;
  /** How large a sixel picture may be: the window's size in terminals that do not tell it. */
  sixel: PixelSize | null;
};

export type PixelSize = { readonly width: number; readonly height: number };

export function noAnswers(): TerminalAnswers {
  return {
    attributes: null,
    name: null,
    takesKitty: null,
    speaksIterm2: false,
    cell: null,
    text: null,
    sixel: null,
  };
}

/** The id that the picture of one pixel is asked with. */
export const kittyQueryId = 31;

/** Reports that no key sends: strings (DCS, OSC, APC and the like), and CSI with a private mark or one of the finals of reports. */
const report =
  /\u001b[P\]_^X][^\u0007\u001b]*(?:\u0007|\u001b\\|(?=\u001b[^\\]))|\u001b\[[?>=][0-9;:]*[ -/]*[@-~]|\u001b\[[0-9;]*[tnSRc]/g;

/** The start of one at the end of what was read; a lone escape is the key, or the start of anything. */
const started = /\u001b(?:[P\]_^X][^\u0007\u001b]*\u001b?|\[[?>=]?[0-9;:]*[ -/]*)?$/;

/** Whether what was read so far may go on to be a report, by more than its escape. */
export function isStartOfReport(text: string): boolean {
  return /^\u001b(?:[P\]_^X]|\[[?>=])/.test(text);
}

/** Takes the reports out of what a terminal sent: what remains are keys, and the start of something that has not ended yet. */
export function takeAnswers(
  text: string,
  answers: TerminalAnswers,
): { readonly keys: string; readonly pending: string } {
  const others = text.replace(report, (whole) => {
    note(whole, answers);
    return '';
  });
  const pending = started.exec(others)?.[0] ?? '';
  return { keys: others.slice(0, others.length - pending.length), pending };
}

function note(answer: string, answers: TerminalAnswers): void {
  const attributes = /^\u001b\[\?([0-9;]*)c$/.exec(answer)?.[1];
  if (attributes !== undefined) answers.attributes = attributes.split(';').map(Number);
  const name = /^\u001bP>\|([^\u001b]*)/.exec(answer)?.[1];
  if (name !== undefined) answers.name = name;
  const kitty = `\u001b_Gi=${kittyQueryId};`;
  if (answer.startsWith(kitty)) answers.takesKitty = answer.startsWith(`${kitty}OK`);
  if (answer.startsWith('\u001b]1337;ReportCellSize=')) answers.speaksIterm2 = true;
  answers.cell = sizeOf(/^\u001b\[6;(\d{1,5});(\d{1,5})t$/.exec(answer)) ?? answers.cell;
  answers.text = sizeOf(/^\u001b\[4;(\d{1,5});(\d{1,5})t$/.exec(answer)) ?? answers.text;
  const sixel = /^\u001b\[\?2;0;(\d{1,5});(\d{1,5})S$/.exec(answer);
  if (sixel) answers.sixel = { width: Number(sixel[1]), height: Number(sixel[2]) };
}

/** Heights come first. */
function sizeOf(match: RegExpExecArray | null): PixelSize | null {
  return match ? { width: Number(match[2]), height: Number(match[1]) } : null;
}
