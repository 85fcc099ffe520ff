import type { PictureChoice, PictureTerminal } from './picture-protocol.ts';

export type DetectOptions = {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly choice: PictureChoice;
};

/** Asks the terminal once what pictures it can draw, before anything else reads its input. */
export async function detectPictureTerminal(options: DetectOptions): Promise<PictureTerminal> {
  const { choice, stdout, environment } = options;
  const protocol = choice === 'auto' ? (stdout.isTTY ? 'blocks' : 'off') : choice;
  return {
    protocol,
    cellWidth: 10,
    cellHeight: 20,
    isTmux: Boolean(environment.TMUX),
    hasTrueColor: /^(?:truecolor|24bit)$/i.test(environment.COLORTERM ?? ''),
  };
}
