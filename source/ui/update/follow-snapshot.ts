import type { WebUi } from '../../generation/webui.ts';
import { become, type ScreenContext, type ScreenState, say, type Update } from '../screen-state.ts';
import { fitPlan } from '../setup/fit-plan.ts';
import { allSteps, emptyBase } from '../setup/setup-state.ts';
import { settleMonitor } from './on-monitor.ts';
import { openSetup, startPlan } from './on-setup.ts';

/** What a new snapshot makes of the screen: it goes on from connecting, closes questions that answered themselves, and leaves. */
export function followSnapshot(state: ScreenState, context: ScreenContext): Update {
  const settled = settleMonitor(state, context);
  const next = settled.state;
  const { webUi, plan } = context.snapshot;
  if (isLeavingDone(next, context)) return become(next, { type: 'leave', isAtOnce: false });
  const open = withoutAnsweredQuestion(next, context);
  const { screen } = open;
  const isWaiting = screen.kind === 'connect' && screen.address === null && open.overlay === null;
  const update = isWaiting && (webUi !== null || plan !== null) ? goOn(open, webUi, context) : become(open);
  return { state: update.state, effects: [...settled.effects, ...update.effects] };
}

function isLeavingDone({ overlay }: ScreenState, { snapshot: { status } }: ScreenContext): boolean {
  return overlay?.kind === 'leaving' && (status.kind === 'stopped' || status.kind === 'needs-you');
}

/** The generation that a question was about may end while it is being asked; the next one must not be hit by the answer. */
function withoutAnsweredQuestion(state: ScreenState, { snapshot: { running } }: ScreenContext): ScreenState {
  const { overlay } = state;
  if (overlay?.kind !== 'skip' && overlay?.kind !== 'interrupt') return state;
  if (running?.generation.id === overlay.generationId) return state;
  const text = `Generation #${overlay.generationId} has ended by itself.`;
  return { ...state, overlay: null, note: { text, tone: 'info' } };
}

function goOn(state: ScreenState, webUi: WebUi | null, context: ScreenContext): Update {
  if (context.snapshot.plan !== null || webUi === null)
    return become({ ...state, screen: { kind: 'monitor' } });
  const wanted = state.startAtOnce ?? state.lastUsed;
  const fit = wanted === null ? null : fitPlan(wanted, webUi);
  if (fit?.kind === 'fits') {
    if (state.startAtOnce !== null) return startPlan(state, fit.plan);
    return become({ ...state, screen: { kind: 'ready', plan: fit.plan, changes: fit.changes } });
  }
  const opened = openSetup(state, { base: wanted ?? emptyBase, steps: allSteps, origin: null }, context);
  return fit === null ? opened : { ...say(opened.state, fit.reason), effects: opened.effects };
}
