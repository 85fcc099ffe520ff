import { matchCheckpoint } from '../../generation/match-checkpoint.ts';
import type { WebUi } from '../../generation/webui.ts';
import { become, type ScreenContext, type ScreenState, type Update } from '../screen-state.ts';
import { fitPlan, noCheckpoint, type PlanFit } from '../setup/fit-plan.ts';
import { allSteps } from '../setup/setup-state.ts';
import { settleMonitor } from './on-monitor.ts';
import { openSetup, startPlan } from './on-setup.ts';

/** What a new snapshot makes of the screen: it goes on from connecting, closes questions that answered themselves, and leaves. */
export function followSnapshot(state: ScreenState, context: ScreenContext): Update {
  const settled = settleMonitor(state, context);
  const next = settled.state;
  const { webUi, plan } = context.snapshot;
  if (isLeavingDone(next, context)) return become(next, { type: 'leave', isAtOnce: false });
  const open = withoutFulfilledNote(withoutAnsweredQuestion(next, context), context);
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

function withoutFulfilledNote(state: ScreenState, { snapshot: { running } }: ScreenContext): ScreenState {
  const last = state.note?.lastGenerationId;
  return last !== undefined && running !== null && running.generation.id > last
    ? { ...state, note: null }
    : state;
}

function goOn(state: ScreenState, webUi: WebUi | null, context: ScreenContext): Update {
  if (context.snapshot.plan !== null || webUi === null)
    return become({ ...state, screen: { kind: 'monitor' } });
  const wanted = state.startAtOnce ?? state.lastUsed;
  const fit = wanted === null ? null : fitPlan(wanted, webUi);
  if (fit?.kind === 'fits') {
    const isAsGiven = fit.changes.length === 0;
    if (state.startAtOnce !== null)
      return isAsGiven ? startPlan(state, fit.plan) : review(state, fit, context);
    return become({ ...state, screen: { kind: 'ready', plan: fit.plan, changes: fit.changes } });
  }
  const opened = openSetup(state, { base: wanted ?? state.given, steps: allSteps, origin: null }, context);
  return { ...opened, state: fit === null ? begun(opened.state, webUi) : withNote(opened.state, fit.reason) };
}

/** What was asked for by name is not replaced for a whole night without a word: the parameters are shown first. */
function review(state: ScreenState, fit: PlanFit & { kind: 'fits' }, context: ScreenContext): Update {
  const steps = allSteps;
  const opened = openSetup(state, { base: fit.plan, steps, origin: null }, context);
  const { screen } = opened.state;
  if (screen.kind !== 'setup') return opened;
  const stepIndex = steps.indexOf('parameters');
  const shown = { ...opened.state, screen: { ...screen, setup: { ...screen.setup, stepIndex } } };
  return { ...opened, state: withNote(shown, fit.changes.join(' ')) };
}

/** A checkpoint that was given needs no choosing: the prompt is next, and Esc leads to the checkpoint. */
function begun(state: ScreenState, webUi: WebUi): ScreenState {
  const { screen, given } = state;
  if (screen.kind !== 'setup' || given.checkpoint === null) return state;
  const match = matchCheckpoint(webUi.checkpoints, given.checkpoint);
  if (match.kind === 'unknown') return withNote(state, noCheckpoint(given.checkpoint, match.suggestions));
  return { ...state, screen: { ...screen, setup: { ...screen.setup, stepIndex: 1 } } };
}

function withNote(state: ScreenState, text: string): ScreenState {
  return { ...state, note: { text, tone: 'warning' } };
}
