/** Stands for `sdloop runner`: does what the plan's prompt says. */
import { readRunnerStart } from '../../source/connection/runner-start.ts';
import { ignoreHangUp, tellFailed, tellReady } from '../../source/runner/report-start.ts';

ignoreHangUp();
console.log(`pid ${process.pid}`, process.argv.slice(2).join(' '));
const start = await readRunnerStart(process.stdin);
console.log(start?.address.auth);
process.on('SIGUSR2', () => console.error('still here'));

switch (start?.plan?.parameters.prompt) {
  case 'be ready':
    tellReady();
    break;
  case 'fail':
    tellFailed('Process 7 runs the loop already.', 'held');
    process.exit(1);
    break;
  case 'throw':
    throw new TypeError('broken here');
}
// Longer than any test; whoever started it ends it.
setTimeout(() => {}, 60_000);
