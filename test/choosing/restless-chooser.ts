import { openChooser } from '../../source/choosing/open-chooser.ts';

/** Rejects, takes back and restores the files that it is given until it is killed, and tells each turn. */
const [state = '', ...paths] = process.argv.slice(2);
const opened = openChooser(state);
if (!opened.ok) throw new Error(opened.reason);
const { chooser } = opened;
for (let turn = 1; ; turn++) {
  const some = paths.filter((_, index) => index % 3 === turn % 3);
  await chooser.choose(some, { kind: 'reject' });
  process.stdout.write(`turn ${turn}\n`);
  if (turn % 2 === 0) await chooser.undo();
  else {
    const trash = await chooser.trash();
    if (trash.ok) await chooser.restore(trash.files.map(({ path }) => path));
  }
}
