/** A screen without a terminal: joins the runner whose state directory is the first argument and prints the age of each snapshot, ms. */
import { joinRunner } from '../../source/connection/join-runner.ts';
import { readRunnerPointer } from '../../source/connection/runner-pointer.ts';

const [, , stateDirectory = '', count = '1'] = process.argv;

for (let index = 0; index < Number(count); index++) {
  const joined = await joinRunner({
    role: 'screen',
    version: '1.0.0',
    find: () => readRunnerPointer(stateDirectory),
    start: async () => ({ ok: false, reason: 'It only watches.' }),
    view: { firstIndex: 0, count: 100, filter: '' },
  });
  if (!joined.ok) throw new Error(joined.reason);
  const { connection } = joined;
  connection.subscribe(() => console.log(connection.getSnapshot().at));
}
console.log('joined');
