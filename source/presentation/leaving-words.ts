import { cleanText } from './clean-text.ts';
import { formatClock } from './clock-time.ts';
import { describeFailure } from './describe-failure.ts';
import { formatMinutes } from './durations.ts';
import { formatCounted } from './numbers.ts';
import type { RunnerLink } from './runner-link.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What is said in the shell once the screen is left: what the loop does now, and how to come back to it; empty where there is no
 * loop to speak of. `call` says how a command (none for the screen) is called for this loop: `sdloop stop --demo`.
 */
export function leavingWords(
  snapshot: Snapshot,
  link: RunnerLink,
  call: (command: 'stop' | null) => string,
): string {
  const back = `\`${call(null)}\``;
  const images = formatCounted(snapshot.throughput.imageCount, 'image');
  switch (link.kind) {
    case 'live':
      return liveWords(snapshot, {
        soFar: `${images} so far.`,
        back: `${back} comes back to it, \`${call('stop')}\` ends it.`,
        again: `${back} starts it again.`,
      });
    case 'starting':
      return '';
    case 'ended':
      return `${cleanText(link.reason)} ${images} in ${formatMinutes(snapshot.throughput.activeMs)}. ${back} starts it again.`;
    case 'lost':
      return `The runner died at ${formatClock(link.at)}, ${images} so far. ${back} starts it again, and first looks for what was in flight.`;
    case 'refused':
      return cleanText(link.reason);
  }
}

function liveWords(
  { status, plan, url, throughput }: Snapshot,
  words: { readonly soFar: string; readonly back: string; readonly again: string },
): string {
  const { soFar, back, again } = words;
  if (plan === null) return '';
  switch (status.kind) {
    case 'connecting':
    case 'generating':
    case 'retrying':
    case 'restarting':
      return `The loop goes on: ${status.kind}, ${soFar} ${back}`;
    case 'idle':
      return '';
    case 'pausing':
      return `Pausing after this generation, ${soFar} ${back}`;
    case 'paused':
      return `Paused, ${soFar} ${back}`;
    case 'stopping':
      return `Stopping after this generation, ${soFar} ${again}`;
    case 'stopped': {
      const images = formatCounted(throughput.imageCount, 'image');
      const why = status.reason === 'goal-reached' ? 'The goal is reached' : 'Stopped';
      return `${why}: ${images} in ${formatMinutes(throughput.activeMs)}. ${again}`;
    }
    case 'needs-you': {
      const { what } = describeFailure(status.failure, { url, willRetry: false });
      return `The loop waits for you, ${soFar} ${what} ${back}`;
    }
  }
}
