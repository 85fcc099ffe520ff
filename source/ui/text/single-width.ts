/**
 * Characters that each take one column whatever follows within this set: ASCII, Latin, Greek and Cyrillic letters without combining marks,
 * punctuation, arrows, box drawing, blocks, shapes and braille. The screen is drawn with these, and measuring graphemes would be its main cost.
 */
const drawn =
  '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0370-\\u0482\\u048a-\\u052f\\u2010-\\u2027\\u2030-\\u205e\\u2190-\\u2199\\u21b5\\u21ba\\u21bb\\u2500-\\u25cf\\u2800-\\u28ff';

const singleWidth = new RegExp(`^[${drawn}]*$`);

/** The same with controls, as Ink's tokeniser meets them in styled lines; a carriage return may be one grapheme with what follows. */
const eachAlone = new RegExp(`^[\\x00-\\x0c\\x0e-\\x1f${drawn}]*$`);

/** Whether the text takes as many columns as it has characters, told without looking at graphemes; false may still be so. */
export function isSingleWidth(text: string): boolean {
  return singleWidth.test(text);
}

/** Whether each character is a grapheme of its own, told without looking at graphemes; false may still be so. */
export function isEachAlone(text: string): boolean {
  return eachAlone.test(text);
}
