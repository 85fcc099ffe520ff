import type { Saving } from '../engine/effect.ts';
import { checkDirectoryWritable } from '../gallery/check-directory.ts';
import type { Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import { chooseSaving, type SavingPlan, type SavingPreference } from './choose-saving.ts';
import type { Galleries } from './galleries.ts';

/** Who saves the images of this run, and where. */
export type SavingPlace = {
  /** Decides by the first WebUI that answers; its answer becomes a failure where images could not be kept. */
  settle(answer: Result<WebUi>): Promise<Result<WebUi>>;
  by(): Saving;
  switchTo(by: Saving): void;
  current(): Snapshot['saving'];
  /** Another WebUI was named. */
  forget(): void;
};

/** `onSettled` is waited for, before anything can be sent. */
export function createSavingPlace(
  preference: SavingPreference,
  galleries: Galleries,
  onSettled: () => Promise<unknown>,
): SavingPlace {
  let plan: SavingPlan | null = null;
  let by: Saving = 'client';
  return {
    async settle(answer) {
      if (!answer.ok || plan !== null) return answer;
      const chosen = chooseSaving(answer.value, preference);
      if (!chosen.ok) return chosen;
      // A night's images must not be made before it is known that they can be kept.
      const trouble =
        chosen.value.by === 'client' ? await checkDirectoryWritable(chosen.value.directory) : null;
      if (trouble !== null) return { ok: false, failure: trouble };
      plan = chosen.value;
      by = plan.by;
      galleries.use(plan, by);
      await onSettled();
      return answer;
    },
    by: () => by,
    switchTo(next) {
      by = next;
      if (plan) galleries.use(plan, by);
    },
    current() {
      if (!plan) return null;
      return { by, directory: by === 'client' ? plan.clientDirectory : plan.directory };
    },
    forget() {
      plan = null;
    },
  };
}
