import { parseSeedChoice } from '../generation/seed.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf, planParameters } from '../settings/last-used.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { Settings } from '../settings/schema.ts';
import type { InitialScreen } from '../ui/screen-state.ts';

/**
 * What the screen begins with. Model and prompt that were both given for this start (`given`: flags over environment) begin at
 * once; what was last used is only offered.
 */
export function initialScreen(facts: {
  readonly settings: ResolvedSettings;
  readonly given: Settings;
  readonly count: number | null;
  readonly promptHistory: readonly string[];
  readonly auth: string | null;
  /** Sentences; said on the screen too, which covers what was said before it. */
  readonly troubles: readonly string[];
}): InitialScreen {
  const { settings, given, count, promptHistory, auth } = facts;
  const goal: Plan['goal'] = count === null ? null : { kind: 'images', count };
  const plan = planOf(settings, goal);
  const isGiven = given.model !== undefined && given.prompt !== undefined;
  const base: InitialScreen['given'] = {
    checkpoint: settings.model ?? null,
    parameters: planParameters(settings),
    seed: parseSeedChoice(settings.seed) ?? { kind: 'random' },
    goal,
  };
  const trouble = facts.troubles.join(' ');
  return { lastUsed: plan, given: base, promptHistory, startAtOnce: isGiven ? plan : null, auth, trouble };
}
