import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openChooser } from '../../source/choosing/open-chooser.ts';
import type { Choice, Decision } from '../../source/presentation/choosing.ts';
import { undecided } from '../../source/presentation/choosing.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { done, namesIn, writeImage } from './chooser-in-test.ts';

const fileCount = 5;
const some = fc.subarray(
  Array.from({ length: fileCount }, (_, index) => index),
  { minLength: 1 },
);
const decision = fc.oneof<fc.Arbitrary<Decision>[]>(
  fc.constant({ kind: 'keep' }),
  fc.integer({ min: 1, max: 5 }).map((stars) => ({ kind: 'stars', stars })),
  fc.constant({ kind: 'reject' }),
  fc.constant({ kind: 'clear' }),
);
const act = fc.oneof(
  fc.record({ type: fc.constant('choose' as const), files: some, decision }),
  fc.record({ type: fc.constant('restore' as const), files: some }),
  fc.record({ type: fc.constant('undo' as const) }),
);

type State = { readonly choice: Choice; readonly before: Choice };

function next({ choice, before }: State, wanted: Decision): State {
  const earlier = choice.verdict === 'rejected' ? before : choice;
  switch (wanted.kind) {
    case 'keep':
      return { choice: { verdict: 'kept', stars: earlier.stars }, before };
    case 'stars':
      return { choice: { verdict: 'kept', stars: wanted.stars }, before };
    case 'clear':
      return { choice: undecided, before };
    case 'reject':
      return { choice: { verdict: 'rejected', stars: 0 }, before: earlier };
  }
}

test('whatever is decided, restored and taken back, files and choices are as a plain account of it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
      using directory = makeTempDirectory();
      const outputs = join(directory.path, 'outputs');
      const paths: string[] = [];
      for (let index = 0; index < fileCount; index++)
        paths.push(await writeImage(join(outputs, `${index}.png`), index));
      const opened = openChooser(join(directory.path, 'state'));
      if (!opened.ok) throw new Error(opened.reason);
      const { chooser } = opened;
      using _closing = { [Symbol.dispose]: () => chooser.close() };
      const placeOf = (index: number, { choice }: State) => {
        const path = paths[index] ?? '';
        return choice.verdict === 'rejected' ? join(dirname(path), '.sdloop-trash', basename(path)) : path;
      };
      let states: State[] = paths.map(() => ({ choice: undecided, before: undecided }));
      const steps: State[][] = [];
      for (const each of acts) {
        if (each.type === 'undo') {
          const undone = done(await chooser.undo());
          expect(undone.problems).toEqual([]);
          states = steps.pop() ?? states;
        } else {
          const named = each.files.map((index) => placeOf(index, states[index] as State));
          const isChange = each.type === 'choose' || each.files.length > 0;
          if (isChange) steps.push(states);
          const result =
            each.type === 'choose'
              ? await chooser.choose(named, each.decision)
              : await chooser.restore(named);
          expect(done(result).problems).toEqual([]);
          states = states.map((state, index) => {
            if (!each.files.includes(index)) return state;
            if (each.type === 'choose') return next(state, each.decision);
            return state.choice.verdict === 'rejected' ? { ...state, choice: state.before } : state;
          });
        }
        const places = states.map((state, index) => placeOf(index, state));
        expect(places.map((place) => existsSync(place))).toEqual(places.map(() => true));
        expect((await chooser.choicesOf(places)).map(({ choice }) => choice)).toEqual(
          states.map(({ choice }) => choice),
        );
      }
      const rejected = states.filter(({ choice }) => choice.verdict === 'rejected').length;
      expect(await namesIn(chooser, { verdict: 'rejected' })).toHaveLength(rejected);
      expect(done(await chooser.trash()).files).toHaveLength(rejected);
    }),
    { numRuns: 30 },
  );
});
