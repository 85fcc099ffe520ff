/**
 * C0 and C1 controls, DEL, bidirectional controls, zero-width marks that hide text, line and paragraph separators, interlinear
 * annotation, tags and lone surrogates: nothing of these may reach a terminal from a server or a file. The zero-width joiner and
 * non-joiner stay: emoji are made with the one, and Persian cannot be written without the other.
 */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** The C0 ones that separate words: dropping them would glue the words together. */
const separators = /[\t\n\v\f\r\u2028\u2029]+/g;

/** Makes outside text safe for one line of a terminal; line breaks and tabs become single spaces. */
export function cleanText(text: string): string {
  return text.replace(separators, ' ').replace(unsafe, '');
}

/** Like `cleanText`, for text that a person wrote over several lines: keeps `\n`, turns tabs into spaces. */
export function cleanLines(text: string): string {
  return text.replace(/\r\n?/g, '\n').split('\n').map(cleanText).join('\n');
}
