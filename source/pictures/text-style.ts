/** The style that text is written in, kept as the sequences that set it anew from plain. */
export type TextStyle = {
  /** Takes the parameters of an SGR sequence. */
  apply(parameters: string): void;
  /** Takes an OSC sequence; those that are no links change nothing. */
  link(sequence: string): void;
  /** Empty for plain text. */
  text(): string;
};

/** Which earlier codes each of these ends (ECMA-48). */
const ends: Readonly<Record<string, readonly string[]>> = {
  '22': ['bold', 'faint'],
  '23': ['italic'],
  '24': ['underline'],
  '25': ['blink'],
  '27': ['inverse'],
  '28': ['hidden'],
  '29': ['strike'],
  '39': ['ink'],
  '49': ['paper'],
  '55': ['overline'],
  '59': ['underlineColour'],
};

const kinds: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'faint',
  '3': 'italic',
  '4': 'underline',
  '21': 'underline',
  '5': 'blink',
  '7': 'inverse',
  '8': 'hidden',
  '9': 'strike',
  '53': 'overline',
};

export function createStyle(): TextStyle {
  const set = new Map<string, string>();
  let opened = '';
  let text = '';

  function update(): void {
    text = `${set.size === 0 ? '' : `\u001b[${[...set.values()].join(';')}m`}${opened}`;
  }

  return {
    apply(parameters) {
      const codes = parameters === '' ? ['0'] : parameters.split(';');
      for (let index = 0; index < codes.length; index++) {
        const code = codes[index] || '0';
        if (code === '0') set.clear();
        else if (code === '38' || code === '48' || code === '58') {
          const length = codes[index + 1] === '2' ? 5 : 3;
          const kind = code === '38' ? 'ink' : code === '48' ? 'paper' : 'underlineColour';
          set.set(kind, codes.slice(index, index + length).join(';'));
          index += length - 1;
        } else if (/^(?:3[0-7]|9[0-7])$/.test(code)) set.set('ink', code);
        else if (/^(?:4[0-7]|10[0-7])$/.test(code)) set.set('paper', code);
        else if (ends[code]) for (const kind of ends[code]) set.delete(kind);
        else set.set(kinds[code] ?? code, code);
      }
      update();
    },
    link(sequence) {
      const match = /^\u001b\]8;[^;]*;([^\u0007\u001b]*)/.exec(sequence);
      if (!match) return;
      opened = match[1] === '' ? '' : sequence;
      update();
    },
    text: () => text,
  };
}
