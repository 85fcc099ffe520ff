import { type EndingSignal, signalExitCode } from './exit-code.ts';

/** Calls back for each signal that asks the program to end, instead of ending it; returns the way to stop that. */
export function onEndingSignal(listener: (signal: EndingSignal) => void): () => void {
  const signals = Object.keys(signalExitCode) as EndingSignal[];
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}
