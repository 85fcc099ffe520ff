import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { chooseTerminal, type TmuxFacts } from '../../source/pictures/choose-terminal.ts';
import { detectPictureTerminal } from '../../source/pictures/detect-picture-terminal.ts';
import type { PictureChoice, PictureTerminal } from '../../source/pictures/picture-protocol.ts';
import { noAnswers, takeAnswers } from '../../source/pictures/terminal-answers.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';

const da1 = '\u001b[?62;22c';
const da1WithSixel = '\u001b[?62;4;22c';
const kittyOk = '\u001b_Gi=31;OK\u001b\\';
const cell = '\u001b[6;18;9t';

/** A terminal that answers as it is told to, and says what is left for whoever reads next. */
class ScriptedTerminal {
  readonly stdout = new TerminalStream(90, 30);
  readonly raw: boolean[] = [];
  readonly stdin: Readable & { isTTY: boolean; isRaw: boolean; setRawMode(isRaw: boolean): unknown };

  constructor() {
    const { raw } = this;
    this.stdin = Object.assign(new Readable({ read() {} }), {
      isTTY: true,
      isRaw: false,
      setRawMode(isRaw: boolean) {
        this.isRaw = isRaw;
        raw.push(isRaw);
      },
    });
  }

  send(bytes: string | Buffer): void {
    this.stdin.push(bytes);
  }

  detect(
    choice: PictureChoice = 'auto',
    others: { onLate?: (terminal: PictureTerminal) => void; environment?: Record<string, string> } = {},
  ): Promise<PictureTerminal> {
    return detectPictureTerminal({
      stdin: this.stdin as unknown as NodeJS.ReadStream,
      stdout: this.stdout.asStdout(),
      environment: { TERM: 'xterm-256color', ...others.environment },
      choice,
      ...(others.onLate && { onLate: others.onLate }),
    });
  }

  /** As Ink reads its keys. */
  async keys(): Promise<string> {
    let keys = '';
    const read = () => {
      for (let chunk = this.stdin.read(); chunk !== null; chunk = this.stdin.read()) keys += String(chunk);
    };
    this.stdin.on('readable', read);
    await delay(20);
    this.stdin.off('readable', read);
    return keys;
  }
}

describe('what a terminal answers', () => {
  test.each([
    ['kitty', `${kittyOk}\u001bP>|kitty(0.36.1)\u001b\\${cell}\u001b[?62;52c`, 'kitty', true],
    ['Ghostty', `${kittyOk}\u001bP>|ghostty 1.1.0\u001b\\${cell}${da1}`, 'kitty', true],
    [
      'iTerm2',
      `\u001bP>|iTerm2 3.5.0\u001b\\\u001b]1337;ReportCellSize=17.0;8.0;2.0\u0007${cell}${da1WithSixel}`,
      'iterm2',
      true,
    ],
    ['mintty', `\u001bP>|mintty 3.7.0\u001b\\${cell}${da1WithSixel}`, 'iterm2', true],
    ['foot', `\u001bP>|foot(1.16.2)\u001b\\${cell}${da1WithSixel}`, 'sixel', true],
    ['xterm -ti vt340', `\u001bP>|XTerm(379)\u001b\\${cell}\u001b[?63;1;2;4;6;9;15;22c`, 'sixel', true],
    ['a plain one', `${da1}`, 'blocks', false],
    ['one whose kitty pictures fail', `\u001b_Gi=31;ENOTSUP:no\u001b\\${cell}${da1}`, 'blocks', false],
    [
      'one that answers garbage',
      `\u001b[?;;;c\u001bP>|\u001b\\\u001b[6;0;0t\u001b_G\u001b\\`,
      'blocks',
      false,
    ],
  ])('%s', async (_, answers, protocol, hasTrueColor) => {
    const terminal = new ScriptedTerminal();
    const detecting = terminal.detect();
    terminal.send(answers);
    const found = await detecting;
    expect(found).toMatchObject({ protocol, isTmux: false, hasTrueColor });
    expect(found).toMatchObject(
      answers.includes(cell) ? { cellWidth: 9, cellHeight: 18 } : { cellWidth: 10, cellHeight: 20 },
    );
    expect(found.roundTripMs).toBeGreaterThanOrEqual(0);
    expect(terminal.raw).toEqual([true, false]);
    expect(await terminal.keys()).toBe('');
  });

  test('the size of a cell, where only that of the window is told', async () => {
    for (const answer of ['\u001b[4;600;720t', '\u001b[?2;0;720;600S', '\u001b[6;0;0t\u001b[4;600;720t']) {
      const terminal = new ScriptedTerminal();
      const detecting = terminal.detect();
      terminal.send(answer + da1WithSixel);
      expect(await detecting).toMatchObject({ protocol: 'sixel', cellWidth: 8, cellHeight: 20 });
    }
  });

  test('sizes that no cell has are not believed', async () => {
    for (const answer of ['\u001b[6;900;900t', '\u001b[6;1;1t', '\u001b[6;10;40t', '\u001b[4;99999;99999t']) {
      const terminal = new ScriptedTerminal();
      const detecting = terminal.detect();
      terminal.send(answer + da1);
      expect(await detecting).toMatchObject({ cellWidth: 10, cellHeight: 20 });
    }
  });
});

describe('keys', () => {
  test('that were typed meanwhile are left for the screen, in order', async () => {
    const terminal = new ScriptedTerminal();
    const detecting = terminal.detect();
    terminal.send('q');
    terminal.send(`${kittyOk.slice(0, 4)}`);
    await delay(5);
    terminal.send(`${kittyOk.slice(4)}\u001b[A ü${da1}\u001bOP`);
    expect(await detecting).toMatchObject({ protocol: 'kitty' });
    expect(await terminal.keys()).toBe('q\u001b[A ü\u001bOP');
  });

  test('in any pieces, bytes and answers come apart', () => {
    const all = `a${kittyOk}b\u001bP>|kitty(0.36.1)\u001b\\\u001b[B${cell}\u001b[1;5C${da1}ü\u001b[200~x\u001b[201~`;
    for (let size = 1; size < 12; size++) {
      const answers = noAnswers();
      let keys = '';
      let pending = '';
      for (let at = 0; at < all.length; at += size) {
        const taken = takeAnswers(pending + all.slice(at, at + size), answers);
        keys += taken.keys;
        pending = taken.pending;
      }
      expect(keys + pending).toBe('ab\u001b[B\u001b[1;5Cü\u001b[200~x\u001b[201~');
      expect(answers).toMatchObject({ takesKitty: true, name: 'kitty(0.36.1)', attributes: [62, 22] });
    }
  });
});

describe('answers that do not come', () => {
  test('at all: half-blocks, within 150 ms and a little', async () => {
    const terminal = new ScriptedTerminal();
    const startedAt = performance.now();
    expect(await terminal.detect()).toMatchObject({ protocol: 'blocks' });
    expect(performance.now() - startedAt).toBeLessThan(400);
    expect(terminal.raw).toEqual([true, false]);
  });

  test('in full: what came counts, and its torn end is no key', async () => {
    const terminal = new ScriptedTerminal();
    const detecting = terminal.detect();
    terminal.send(`${kittyOk}\u001bP>|kit`);
    expect(await detecting).toMatchObject({ protocol: 'kitty' });
    expect(await terminal.keys()).toBe('');
  });

  test('in time: they are kept from the screen, which is told of them', async () => {
    const terminal = new ScriptedTerminal();
    const late: PictureTerminal[] = [];
    const found = await terminal.detect('auto', { onLate: (better) => late.push(better) });
    expect(found).toMatchObject({ protocol: 'blocks' });
    // The screen reads on in raw mode: otherwise the terminal's answers would be echoed.
    expect(terminal.stdin.isRaw).toBe(true);
    terminal.send(`j${kittyOk.slice(0, 5)}`);
    expect(await terminal.keys()).toBe('j');
    terminal.send(`${kittyOk.slice(5)}k${cell}${da1}l`);
    expect(await terminal.keys()).toBe('kl');
    expect(late).toMatchObject([{ protocol: 'kitty', cellWidth: 9 }]);
    terminal.send('\u001b');
    expect(await terminal.keys()).toBe('\u001b');
    expect(Object.hasOwn(terminal.stdin, 'read')).toBe(false);
  });

  test('for a screen that reads text', async () => {
    const terminal = new ScriptedTerminal();
    await terminal.detect('auto', { onLate: () => {} });
    terminal.stdin.setEncoding('utf8');
    terminal.send(Buffer.from(`ü${kittyOk}漢\u001b`));
    expect(await terminal.keys()).toBe('ü漢\u001b');
  });
});

describe('a terminal is not asked', () => {
  test.each([
    ['where pictures are off', 'off', {}, 'off'],
    ['for half-blocks', 'blocks', {}, 'blocks'],
    ['where it is dumb', 'auto', { TERM: 'dumb' }, 'off'],
    ['on the console of Linux, which would print the questions', 'auto', { TERM: 'linux' }, 'blocks'],
  ] as const)('%s', async (_, choice, environment, protocol) => {
    const terminal = new ScriptedTerminal();
    expect(await terminal.detect(choice, { environment })).toMatchObject({ protocol });
    expect(terminal.stdout.take()).toBe('');
    expect(terminal.raw).toEqual([]);
  });

  test('where there is none', async () => {
    const terminal = new ScriptedTerminal();
    Object.assign(terminal.stdout, { isTTY: false });
    expect(await terminal.detect()).toMatchObject({ protocol: 'off' });
    expect(await terminal.detect('kitty')).toMatchObject({ protocol: 'kitty' });
    expect(terminal.stdout.take()).toBe('');
  });
});

test('what a person chose counts before what the terminal says', async () => {
  const terminal = new ScriptedTerminal();
  const detecting = terminal.detect('sixel');
  terminal.send(`${kittyOk}${cell}${da1}`);
  expect(await detecting).toMatchObject({ protocol: 'sixel', cellWidth: 9 });
});

test('what the environment claims counts for nothing but colours', async () => {
  const terminal = new ScriptedTerminal();
  const environment = {
    KITTY_WINDOW_ID: '1',
    TERM: 'xterm-kitty',
    TERM_PROGRAM: 'iTerm.app',
    COLORTERM: 'truecolor',
  };
  const detecting = terminal.detect('auto', { environment });
  terminal.send(da1);
  expect(await detecting).toMatchObject({ protocol: 'blocks', hasTrueColor: true });
});

describe('inside tmux', () => {
  const facts = (tmux: TmuxFacts | null, answers: string) => {
    const given = noAnswers();
    takeAnswers(answers, given);
    return chooseTerminal({
      choice: 'auto',
      answers: given,
      environment: { TMUX: '/tmp/tmux,1,0' },
      window: { columns: 80, rows: 24 },
      tmux,
    });
  };
  const tmuxOf = (others: Partial<TmuxFacts>): TmuxFacts => ({
    allowsPassthrough: true,
    terminal: 'kitty(0.36.1)',
    features: ['RGB'],
    ...others,
  });

  test.each([
    ['kitty, handed through', tmuxOf({}), kittyOk + da1, 'kitty'],
    ['Ghostty, handed through', tmuxOf({ terminal: 'ghostty 1.1.0' }), kittyOk + da1, 'kitty'],
    ['a kitty without placeholders', tmuxOf({ terminal: 'kitty(0.26.5)' }), kittyOk + da1, 'blocks'],
    ['WezTerm, which has no placeholders', tmuxOf({ terminal: 'WezTerm 20240203' }), kittyOk + da1, 'blocks'],
    ['kitty, not handed through', tmuxOf({ allowsPassthrough: false }), da1, 'blocks'],
    [
      'tmux with sixel in a terminal with it',
      tmuxOf({ terminal: 'foot', features: ['sixel', 'RGB'] }),
      da1WithSixel,
      'sixel',
    ],
    ['tmux with sixel in one without', tmuxOf({ terminal: 'xterm', features: [] }), da1WithSixel, 'blocks'],
    ['tmux that does not answer', null, kittyOk + da1WithSixel, 'blocks'],
  ])('%s', (_, tmux, answers, protocol) => {
    expect(facts(tmux, answers)).toMatchObject({ protocol, isTmux: true });
  });
});
