/**
 * Keeps Node 22 from printing that its SQLite is experimental, and lets every other warning through.
 * Node 24 no longer warns; on 22.19 the line would stand on stderr beside each command's answer and on top of the screen.
 */
export function hushSqliteWarning(target: Pick<NodeJS.Process, 'emitWarning'>): void {
  const emit = target.emitWarning.bind(target) as (...given: unknown[]) => void;
  target.emitWarning = (...given: unknown[]) => {
    if (!String(given[0]).startsWith('SQLite is an experimental feature')) emit(...given);
  };
}
