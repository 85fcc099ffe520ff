import type { JoinRefusal } from '../connection/join-refusal.ts';
import { type RunnerPointer, readRunnerPointer } from '../connection/runner-pointer.ts';
import { stateDirectory } from '../settings/directories.ts';
import { callsOf } from './calls-of.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { liveProfiles } from './live-profiles.ts';
import { profileOption } from './profile-option.ts';

/** Where the runner of a profile is to be found. */
export type RunnerPlace = {
  readonly profile: string;
  /** Of this program: a screen joins only a runner of its own version. */
  readonly version: string;
  readonly stateDirectory: string;
  /** Where the last runner listened; that says nothing of whether it still lives. */
  find(): RunnerPointer | null;
};

export function runnerPlace({ flags, environment, version }: Invocation): RunnerPlace {
  const directory = stateDirectory(environment, flags.profile);
  return {
    profile: flags.profile,
    version,
    stateDirectory: directory,
    find: () => readRunnerPointer(directory),
  };
}

/** Says why there is no runner to talk to, and returns the exit code that goes with it. */
export function refuseJoining(invocation: Invocation, place: RunnerPlace, refusal: JoinRefusal): number {
  const { output } = invocation;
  if (refusal.kind !== 'no-runner') {
    output.fail(refusal.kind, refusal.reason);
    return exitCode.error;
  }
  const [other] = liveProfiles(place.stateDirectory).map((profile) => profileOption({ profile }));
  const hint = other === undefined ? '' : ` Another one is: it is meant with ${other || 'no --profile'}.`;
  output.fail('no-loop', `No loop is running: \`${callsOf(invocation)(null)}\` starts one.${hint}`);
  return exitCode.noLoop;
}
