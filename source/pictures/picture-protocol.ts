/** How a terminal is given pictures; `blocks` are half-block characters, which every terminal with Unicode can draw. */
export type PictureProtocol = 'kitty' | 'sixel' | 'iterm2' | 'blocks' | 'off';

/** What `--pictures` may say. */
export type PictureChoice = 'auto' | PictureProtocol;

/** A terminal as the pictures for it are made. */
export type PictureTerminal = {
  readonly protocol: PictureProtocol;
  /** Pixels of one cell. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Inside tmux, with passthrough allowed for kitty. */
  readonly isTmux: boolean;
  readonly hasTrueColor: boolean;
  /** How long its answers took, ms; absent where it was not asked or has not answered. */
  readonly roundTripMs?: number;
};
