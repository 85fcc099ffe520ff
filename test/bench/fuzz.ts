import { randomInt } from 'node:crypto';
import type { Findings } from '../fuzz/findings.ts';
import { fuzzAnswers } from '../fuzz/fuzz-answers.ts';
import { fuzzImages } from '../fuzz/fuzz-images.ts';
import type { Bench } from './bench.ts';

export const fuzz: Bench = {
  name: 'fuzz',
  about:
    'Mutated answers of every endpoint and family over real HTTP to the client, and mutated image files and infotexts to their readers; trouble is an exception, a hang, or a control character in what a person reads.',
  async run(pace, options = {}) {
    const inputCount = options.rounds ?? (pace === 'quick' ? 1000 : 20_000);
    const seed = options.seed ?? randomInt(2 ** 30);
    const notes = [`The inputs can be had again with --seed ${seed}.`];
    // What is thrown beside any promise that is awaited would end the process.
    const uncaught: string[] = [];
    const onUncaught = (error: unknown) =>
      void uncaught.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.on('uncaughtException', onUncaught);
    try {
      const rows = [
        await rowOf('answers', () => fuzzAnswers(inputCount, seed), notes),
        await rowOf('image files and infotexts', () => fuzzImages(inputCount, seed), notes),
      ];
      notes.push(...uncaught.map((stack) => `Uncaught: ${stack}`));
      return { header: ['inputs', 'count', 'troubles', 'slowest ms', 'memory MB'], rows, notes };
    } finally {
      process.off('uncaughtException', onUncaught);
    }
  },
};

async function rowOf(name: string, run: () => Promise<Findings>, notes: string[]): Promise<string[]> {
  const startedAt = performance.now();
  const { inputCount, outcomes, troubles, slowestMs } = await run();
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const counts = [...outcomes]
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${outcome} ${count}`);
  notes.push(`${name} in ${seconds} s: ${counts.join(', ')}.`, ...troubles.slice(0, 20));
  const memory = process.memoryUsage().rss / 1e6;
  return [
    name,
    ...[inputCount, troubles.length, slowestMs, memory].map((value) => String(Math.round(value))),
  ];
}
