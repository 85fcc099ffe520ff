import { setTimeout as delay } from 'node:timers/promises';
import { endRunnersOf } from '../helpers/end-runners.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { openTerminal, type Terminal } from '../helpers/terminal.ts';
import { startWebUiProcess } from '../helpers/webui-process.ts';
import type { Bench, Table } from './bench.ts';
import { hasProgram } from './has-program.ts';
import { type Cost, measureCost, measureProcess } from './process-cost.ts';
import { openGeneratingScreen, pause, runnerPidOf, size, startOnce } from './sdloop-screen.ts';
import { ratio } from './statistics.ts';

/** Four images in 12 s are 20 a minute. */
const generationMs = 12_000;

const peers = [
  { command: 'htop', args: ['--delay=10'], name: 'htop, every 1 s' },
  { command: 'btop', args: ['--utf-force'], name: 'btop, every 2 s' },
];

export const screenCost: Bench = {
  name: 'screen-cost',
  about:
    'The screen at 120x40 and its runner while 20 images a minute are made, and while paused; other monitors run beside them.',
  async run(pace) {
    const warmUpMs = pace === 'quick' ? 1000 : 5000;
    const windowMs = pace === 'quick' ? 5000 : 60_000;
    const measure = async (terminal: Terminal) => {
      await delay(warmUpMs);
      return measureCost(terminal, windowMs);
    };
    const measureRunner = async (pid: number) => {
      await delay(warmUpMs);
      return { ...(await measureProcess(pid, windowMs)), bytesPerSecond: 0 };
    };
    const measurePeer = async ({ command, args }: (typeof peers)[number]) => {
      await using terminal = openTerminal({ command, args, ...size });
      return await measure(terminal);
    };
    const present = peers.filter(({ command }) => hasProgram(command));
    const peerCosts = Promise.all(present.map(measurePeer));
    const ours = measureOurs(measure, measureRunner);
    const rows = present.map(async ({ name }, index) => ({ name, cost: (await peerCosts)[index] }));
    return table([...(await ours), ...(await Promise.all(rows))]);
  },
};

type Row = { readonly name: string; readonly cost: Cost | undefined };

async function measureOurs(
  measure: (terminal: Terminal) => Promise<Cost>,
  measureRunner: (pid: number) => Promise<Cost>,
): Promise<Row[]> {
  await using webUi = await startWebUiProcess({ durationMs: generationMs });
  using home = makeTempDirectory();
  await startOnce(webUi.url, home.path);
  await using terminal = await openGeneratingScreen(webUi, ['--batch-size', '4'], home.path);
  const runner = runnerPidOf(home.path);
  const [generating, served] = await Promise.all([measure(terminal), measureRunner(runner)]);
  await pause(terminal, 3 * generationMs);
  const paused = await measure(terminal);
  await terminal.press('p');
  await terminal.press('q');
  await terminal.exit;
  const alone = await measureRunner(runner);
  endRunnersOf(home.path);
  return [
    { name: 'screen, generating', cost: generating },
    { name: 'screen, paused', cost: paused },
    { name: 'runner, with the screen', cost: served },
    { name: 'runner, alone', cost: alone },
  ];
}

function table(rows: readonly Row[]): Table {
  const base = rows.find(({ name }) => name.startsWith('htop'))?.cost;
  return {
    header: ['program', 'CPU of a core', 'beside htop', 'bytes/s', 'resident MB'],
    rows: rows.map(({ name, cost }) =>
      cost
        ? [
            name,
            `${(cost.cpuShare * 100).toFixed(2)} %`,
            base && base.cpuShare > 0 ? ratio(cost.cpuShare, base.cpuShare) : '-',
            cost.bytesPerSecond.toFixed(0),
            (cost.residentBytes / 1e6).toFixed(0),
          ]
        : [name],
    ),
    notes: base ? [] : ['htop is not installed here.'],
  };
}
