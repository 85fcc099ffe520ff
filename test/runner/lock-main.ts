/** Takes the lock of the state directory in the first argument, says so, and holds it until it is ended. */
import { takeRunnerLock } from '../../source/runner/runner-lock.ts';

const outcome = takeRunnerLock(process.argv[2] ?? '');
console.log(outcome.ok ? 'held' : `not held: ${outcome.reason}`);
if (outcome.ok) setInterval(() => outcome.lock, 1000);
