/**
 * Stands in for conf's `when-exit`, which sends each signal to the process once more after its callbacks: that would kill a program
 * that takes a signal as a wish to end well. Signals are the commands' business, and they all end in an exit.
 */
export default function whenExit(callback: () => void): () => void {
  process.once('exit', callback);
  return () => process.off('exit', callback);
}
