/** Adds so many prompts to the history of a home, one by one; said in its arguments. */
import { openSettings } from '../../source/settings/settings-store.ts';

const [home = '', name = '', count = ''] = process.argv.slice(2);
const store = openSettings({ HOME: home });
for (let index = 0; index < Number(count); index++) {
  const problem = await store.change(({ promptHistory }) => ({
    promptHistory: [...promptHistory, `${name} ${index}`],
  }));
  if (problem !== null) throw new Error(problem);
}
