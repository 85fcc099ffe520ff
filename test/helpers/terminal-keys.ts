const named = {
  enter: '\r',
  escape: '\u001b',
  tab: '\t',
  'shift-tab': '\u001b[Z',
  space: ' ',
  backspace: '\u007f',
  delete: '\u001b[3~',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  'ctrl-right': '\u001b[1;5C',
  'ctrl-left': '\u001b[1;5D',
  'alt-right': '\u001b[1;3C',
  'alt-left': '\u001b[1;3D',
  'alt-enter': '\u001b\r',
  'alt-backspace': '\u001b\u007f',
  home: '\u001b[H',
  end: '\u001b[F',
  'page-up': '\u001b[5~',
  'page-down': '\u001b[6~',
} as const;

/** A key with a name, `ctrl-` or `alt-` with a letter, or a character that is typed as itself. */
export type Key = keyof typeof named | (string & {});

/** The bytes that a terminal sends for a key (xterm, normal cursor keys). Throws for a name that is none. */
export function bytesOfKey(key: Key): string {
  if (isNamed(key)) return named[key];
  const chord = /^(ctrl|alt)-([a-z])$/.exec(key);
  if (chord) {
    const [, modifier, letter = ''] = chord;
    return modifier === 'alt' ? `\u001b${letter}` : String.fromCharCode(letter.charCodeAt(0) & 0x1f);
  }
  if ([...new Intl.Segmenter().segment(key)].length === 1) return key;
  throw new Error(`No key is named "${key}"; text is typed with type().`);
}

function isNamed(key: string): key is keyof typeof named {
  return Object.hasOwn(named, key);
}
