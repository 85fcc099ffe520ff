import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { endRunnersOf } from '../test/helpers/end-runners.ts';
import { cliPath } from '../test/helpers/run-cli.ts';
import { makeTempDirectory } from '../test/helpers/temp-directory.ts';
import { openTerminal } from '../test/helpers/terminal.ts';
import { screenToPng } from './screen-to-png.ts';

const usage = `Usage: node scripts/picture-of-the-screen.ts OUT.png [options] [-- arguments of sdloop]

  --cols N, --rows N     size of the terminal (120x40)
  --step TEXT            repeated, in order: what to wait for and do before the picture
                           wait:TEXT   until the screen shows TEXT
                           press:KEY   a key (enter, escape, up, ctrl-c, p, ...)
                           type:TEXT
                           look:MS     let it run
  --home DIRECTORY       HOME and what is below it, instead of a temporary one, whose loop ends with the picture
  --command PROGRAM      another program than sdloop

The screen is printed as text as well.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cols: { type: 'string', default: '120' },
    rows: { type: 'string', default: '40' },
    step: { type: 'string', multiple: true, default: [] },
    home: { type: 'string' },
    command: { type: 'string' },
  },
});
const [out, ...args] = positionals;
if (out === undefined) {
  console.error(usage);
  process.exit(2);
}

using temporary = makeTempDirectory();
const home = values.home ?? temporary.path;
// Leaving the screen leaves its loop to go on. In a home that somebody named it may be theirs.
using _runners = { [Symbol.dispose]: () => (values.home === undefined ? endRunnersOf(home) : undefined) };
const columns = Number(values.cols);
const rows = Number(values.rows);
await using terminal = openTerminal({
  command: values.command ?? process.execPath,
  args: values.command === undefined ? [cliPath, ...args] : args,
  columns,
  rows,
  // Pictures right below the home: a short path in the title of the list.
  env: { COLORTERM: 'truecolor', XDG_DATA_HOME: home },
  home,
});
for (const step of values.step) await perform(step);
const title = terminal.title() || (values.command ?? 'sdloop');
mkdirSync(dirname(out), { recursive: true });
const png = screenToPng({ columns, rows, title, cellAt: terminal.cellAt });
// A screen has few colours; a palette of them makes the file a third as large.
await sharp(png).png({ palette: true, effort: 10 }).toFile(out);
for (const line of terminal.screen()) console.log(line);

async function perform(step: string): Promise<void> {
  const split = step.indexOf(':');
  const [verb, value] = [step.slice(0, split), step.slice(split + 1)];
  if (verb === 'wait') await terminal.waitFor(value, { timeoutMs: 60_000 });
  else if (verb === 'press') await terminal.press(value);
  else if (verb === 'type') terminal.type(value);
  else if (verb === 'look') await delay(Number(value));
  else throw new Error(`"${step}" is no step.\n\n${usage}`);
}
