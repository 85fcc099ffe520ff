import { expect, test } from 'vitest';
import { hushSqliteWarning } from '../../source/commands/hush-sqlite-warning.ts';

test('only the warning about SQLite is held back', () => {
  const heard: unknown[][] = [];
  const target = { emitWarning: (...given: unknown[]) => void heard.push(given) };
  hushSqliteWarning(target);
  target.emitWarning('SQLite is an experimental feature and might change at any time', 'ExperimentalWarning');
  target.emitWarning('something else', 'DeprecationWarning', 'DEP0001');
  expect(heard).toEqual([['something else', 'DeprecationWarning', 'DEP0001']]);
});
