/** Starts a runner's process, prints its id, and ends. */
import { startRunnerProcess } from '../../source/runner/start-runner-process.ts';

const [, , program = '', logPath = '', start = ''] = process.argv;
const outcome = await startRunnerProcess({
  program,
  profile: 'default',
  start: JSON.parse(start),
  logPath,
  environment: process.env,
});
console.log(outcome.ok ? outcome.pid : outcome.reason);
