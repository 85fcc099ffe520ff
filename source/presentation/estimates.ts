import { formatDuration } from './durations.ts';
import type { RunningGeneration } from './snapshot.ts';

/** What marks a number that was not measured. */
const mark = '~';

/** Time until the running generation ends: `3 s left`, `~3 s left` where it comes from earlier generations, empty until known. */
export function formatRemaining({ remainingMs, isEstimated }: RunningGeneration): string {
  if (remainingMs === null) return '';
  return `${isEstimated ? mark : ''}${formatDuration(remainingMs)} left`;
}

/** Steps of the current batch in constant width: `14/20`, ` 4/20`, `~14/20`. */
export function formatSteps({ step, stepCount, isEstimated }: RunningGeneration): string {
  const digits = String(stepCount).length;
  return `${isEstimated ? mark : ''}${String(step).padStart(digits)}/${stepCount}`;
}
