/** What a piece of text means; the theme decides how that looks. */
export type Role =
  | 'plain'
  /** The numbers that a person came for. */
  | 'strong'
  /** Labels, units, borders. */
  | 'quiet'
  /** What is alive: the one accent colour. */
  | 'accent'
  | 'good'
  | 'warning'
  | 'bad'
  /** The row that keys act on. */
  | 'selected';

/** A piece of one line; outside text may go in as it is, painting cleans it. */
export type Span = {
  readonly text: string;
  readonly role?: Role;
  /** A URL that the text leads to, where the terminal shows hyperlinks (OSC 8). */
  readonly link?: string;
};
