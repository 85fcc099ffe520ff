/**
 * Stands in for the package that Ink's dependencies bring: it shows the cursor once more while the process exits, and that write waits
 * for ever where a terminal takes nothing. Ink has shown it by then.
 */
export default function restoreCursor(): void {}
