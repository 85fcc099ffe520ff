import { matchCheckpoint } from '../../generation/match-checkpoint.ts';
import type { WebUi } from '../../generation/webui.ts';
import { become, type ScreenContext, type ScreenState, say, type Update } from '../screen-state.ts';
import { fitPlan, noCheckpoint, type PlanFit, readyFor } from '../setup/fit-plan.ts';
import { allSteps } from '../setup/setup-state.ts';
import { followLink } from './follow-link.ts';
import { settleMonitor } from './on-monitor.ts';
import { openSetup, startPlan } from './on-setup.ts';

/** What a new snapshot or link makes of the screen: it goes on from connecting, and closes questions that answered themselves. */
export function followSnapshot(state: ScreenState, context: ScreenContext): Update {
  const linked = followLink(state, context);
  const settled = settleMonitor(linked.state, context);
  const { webUi, plan } = context.snapshot;
  const open = withoutFulfilledNote(withoutAnsweredQuestion(settled.state, context), context);
  const { screen } = open;
  const isWaiting = screen.kind === 'connect' && screen.address === null && open.overlay === null;
  const isKnown = plan !== null || (webUi !== null && context.link.kind === 'live');
  const update = isWaiting && isKnown ? goOn(open, webUi, context) : become(open);
  return { state: update.state, effects: [...linked.effects, ...settled.effects, ...update.effects] };
}

/** The generation that a question was about may end while it is being asked; the next one must not be hit by the answer. */
function withoutAnsweredQuestion(state: ScreenState, context: ScreenContext): ScreenState {
  const { running, status } = context.snapshot;
  const { overlay } = state;
  const isStopAsked = overlay?.kind === 'stop' || overlay?.kind === 'stop-now';
  if (isStopAsked && status.kind === 'stopped') return { ...state, overlay: null };
  // Taken back meanwhile, on another screen.
  if (overlay?.kind === 'stop-now' && status.kind !== 'stopping') return { ...state, overlay: null };
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
  const { plan, status } = context.snapshot;
  const isLoopKept = plan !== null && (status.kind !== 'stopped' || state.startAtOnce === null);
  if (isLoopKept || webUi === null) return watch(state, context);
  const wanted = state.startAtOnce ?? state.lastUsed;
  const fit = wanted === null ? null : fitPlan(wanted, webUi);
  if (fit?.kind === 'fits') {
    const isAsGiven = fit.changes.length === 0;
    if (state.startAtOnce !== null)
      return isAsGiven ? startPlan(state, fit.plan, context) : review(state, fit, context);
    return become({ ...state, screen: readyFor(fit) });
  }
  const opened = openSetup(state, { base: wanted ?? state.given, steps: allSteps, origin: null }, context);
  return { ...opened, state: fit === null ? begun(opened.state, webUi) : withNote(opened.state, fit.reason) };
}

/** A loop that runs already is not changed by what this screen was started with. */
function watch(state: ScreenState, { snapshot: { status }, link }: ScreenContext): Update {
  const next: ScreenState = { ...state, screen: { kind: 'monitor' }, startAtOnce: null };
  const isRunning = link.kind === 'live' && status.kind !== 'stopped';
  if (state.startAtOnce === null || !isRunning) return become(next);
  return say(next, 'A loop runs already and keeps its plan; c, e, o change it.', 'info');
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
