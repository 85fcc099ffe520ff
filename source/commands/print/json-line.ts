/** Controls, bidirectional and hidden marks that `JSON.stringify` leaves raw; a terminal that shows a log would obey them. */
const unsafe =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** One line of `--json` output: the same data as given, with nothing in it that could act on a terminal. */
export function jsonLine(fields: {
  readonly type: string;
  readonly at: number;
  readonly [key: string]: unknown;
}): string {
  return JSON.stringify({ schema: 'sdloop/1', ...fields }).replace(unsafe, escapeUnits);
}

function escapeUnits(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    return `\\u${text.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }).join('');
}
