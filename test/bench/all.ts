import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { chaos } from './chaos.ts';
import { choosing } from './choosing.ts';
import { firstFrame } from './first-frame.ts';
import { formatTable } from './format-table.ts';
import { fuzz } from './fuzz.ts';
import { gallery } from './gallery.ts';
import { gpuIdle } from './gpu-idle.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { longRun } from './long-run.ts';
import { manyFiles } from './many-files.ts';
import { night } from './night.ts';
import { pictures } from './pictures.ts';
import { screenCost } from './screen-cost.ts';
import { screensAttached } from './screens-attached.ts';

const benches: readonly Bench[] = [
  gpuIdle,
  screenCost,
  firstFrame,
  manyFiles,
  gallery,
  screensAttached,
  ledgerWrites,
  choosing,
  chaos,
  night,
  longRun,
  fuzz,
  pictures,
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seed: { type: 'string' },
  },
});
const options = {
  ...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
  ...(values.seed !== undefined && { seed: Number(values.seed) }),
};
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  const names = benches.map(({ name }) => name).join(', ');
  console.error(
    `There is no bench ${unknown.join(', ')}. There are: ${names}; --quick tries them briefly, --rounds N and --seed N are for chaos and fuzz.`,
  );
  process.exit(2);
}

console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim()}`);
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  console.log(`\n## ${bench.name}\n\n${bench.about}\n`);
  try {
    console.log(formatTable(await bench.run(values.quick ? 'quick' : 'full', options)));
  } catch (error) {
    // The other benches can still tell something.
    console.log('It could not be measured:', error);
    process.exitCode = 1;
  }
}
