import type { Plan } from '../../plan/plan.ts';
import { bodyArea, listArea, promptWrapWidth } from '../areas.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { whyNotTold } from '../keys/runner-availability.ts';
import { become, type ScreenContext, type ScreenState, say, type Update } from '../screen-state.ts';
import { fitPlan, readyFor } from '../setup/fit-plan.ts';
import {
  createSetup,
  isAtStart,
  isEdited,
  planOf,
  type SetupBase,
  type SetupState,
  type SetupStep,
  stepOf,
} from '../setup/setup-state.ts';
import { handOver } from './hand-over.ts';
import { pressOnCheckpoints, typeIntoCheckpoints } from './on-checkpoints.ts';
import { pressOnParameters, typeIntoParameters } from './on-parameters.ts';
import { pasteIntoPrompts, pressOnPrompts } from './on-prompts.ts';
import type { StepContext, StepResult } from './step.ts';

export function openSetup(
  state: ScreenState,
  what: {
    readonly base: SetupBase;
    readonly steps: readonly SetupStep[];
    readonly origin: SetupState['origin'];
  },
  { snapshot: { webUi } }: ScreenContext,
): Update {
  if (webUi === null) return become(state);
  const setup = createSetup(what.base, { ...what, webUi, history: state.promptHistory });
  return become({ ...state, screen: { kind: 'setup', setup }, overlay: null });
}

export function pressOnSetup(
  state: ScreenState,
  setup: SetupState,
  key: KeyPress,
  context: ScreenContext,
): Update {
  const step = stepContextOf(context);
  if (step === null) return become(state);
  switch (stepOf(setup)) {
    case 'checkpoint':
      return take(state, pressOnCheckpoints(setup, key, step), context);
    case 'prompts':
      return take(state, pressOnPrompts(setup, key, step), context);
    case 'parameters':
      return take(state, pressOnParameters(setup, key, step), context);
  }
}

export function pasteIntoSetup(
  state: ScreenState,
  setup: SetupState,
  text: string,
  context: ScreenContext,
): Update {
  const step = stepContextOf(context);
  if (step === null) return become(state);
  switch (stepOf(setup)) {
    case 'checkpoint':
      return take(state, typeIntoCheckpoints(setup, text, step), context);
    case 'prompts':
      return take(state, pasteIntoPrompts(setup, text, step), context);
    case 'parameters':
      return take(state, typeIntoParameters(setup, text, step), context);
  }
}

function stepContextOf(context: ScreenContext): StepContext | null {
  const { webUi } = context.snapshot;
  const body = bodyArea(context);
  return webUi === null ? null : { webUi, pageSize: listArea(body).height, wrapWidth: promptWrapWidth(body) };
}

function take(state: ScreenState, result: StepResult, context: ScreenContext): Update {
  switch (result.kind) {
    case 'setup': {
      const next: ScreenState = { ...state, screen: { kind: 'setup', setup: result.setup } };
      return result.note === undefined ? become(next) : say(next, result.note);
    }
    case 'refresh': {
      const reason = whyNotTold(context.link);
      if (reason !== null) return say(state, reason);
      return {
        ...say(
          state,
          'The WebUI is asked for new checkpoint files; it answers after the running generation.',
          'info',
        ),
        effects: [{ type: 'send', command: { type: 'refresh' } }],
      };
    }
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case 'go-on':
      return goOn(state, result.setup, context);
    case 'go-back':
      return goBack(state, result.setup, context);
  }
}

function goOn(state: ScreenState, setup: SetupState, context: ScreenContext): Update {
  const { webUi, status } = context.snapshot;
  if (webUi === null) return become(state);
  if (setup.stepIndex < setup.steps.length - 1) {
    return become({
      ...state,
      screen: { kind: 'setup', setup: { ...setup, stepIndex: setup.stepIndex + 1 } },
    });
  }
  const result = planOf(setup, webUi);
  if (!result.ok) {
    const stepIndex = setup.steps.indexOf(result.step);
    if (stepIndex === -1) return say(state, result.reason);
    return say({ ...state, screen: { kind: 'setup', setup: { ...setup, stepIndex } } }, result.reason);
  }
  const { plan } = result;
  if (setup.origin === 'ready' && setup.steps.length === 1) {
    return become({ ...state, screen: { kind: 'ready', plan, changes: [] }, lastUsed: plan });
  }
  if (setup.origin !== 'monitor') return startPlan(state, plan, context);
  return status.kind === 'stopped' || status.kind === 'idle' || context.snapshot.plan === null
    ? startPlan(state, plan, context)
    : changePlan(state, plan, context);
}

function goBack(state: ScreenState, setup: SetupState, context: ScreenContext): Update {
  if (setup.stepIndex > 0) {
    return become({
      ...state,
      screen: { kind: 'setup', setup: { ...setup, stepIndex: setup.stepIndex - 1 } },
    });
  }
  if (isAtStart(setup)) return say(state, 'This is the first step; Ctrl-C leaves.', 'info');
  if (isEdited(setup)) return become({ ...state, overlay: { kind: 'discard', to: 'screen-before' } });
  return leaveSetup(state, context);
}

/** Back to where the setup was opened, with nothing changed. */
export function leaveSetup(state: ScreenState, { snapshot: { webUi } }: ScreenContext): Update {
  if (state.screen.kind !== 'setup' || state.screen.setup.origin !== 'ready') {
    return become({ ...state, screen: { kind: 'monitor' } });
  }
  const fit = state.lastUsed === null || webUi === null ? null : fitPlan(state.lastUsed, webUi);
  if (fit?.kind !== 'fits') return become({ ...state, screen: { kind: 'monitor' } });
  return become({ ...state, screen: readyFor(fit) });
}

export function startPlan(state: ScreenState, plan: Plan, context: ScreenContext): Update {
  if (context.link.kind === 'refused') return say(state, context.link.reason);
  const handed = handOver(watching(state, plan), { type: 'start', plan }, context);
  return { ...handed, effects: [...handed.effects, { type: 'remember', plan }] };
}

function changePlan(state: ScreenState, plan: Plan, context: ScreenContext): Update {
  const { snapshot, link } = context;
  if (link.kind === 'refused') return say(state, link.reason);
  const { state: next, effects } = handOver(watching(state, plan), { type: 'change-plan', plan }, context);
  const lastGenerationId = snapshot.queued?.id ?? snapshot.running?.generation.id ?? 0;
  return {
    state: { ...next, note: { text: 'Taken from the next generation on.', tone: 'info', lastGenerationId } },
    effects: [...effects, { type: 'remember', plan }],
  };
}

function watching(state: ScreenState, plan: Plan): ScreenState {
  const { prompt } = plan.parameters;
  const promptHistory =
    prompt.trim() === ''
      ? state.promptHistory
      : [prompt, ...state.promptHistory.filter((each) => each !== prompt)];
  return {
    ...state,
    screen: { kind: 'monitor' },
    overlay: null,
    lastUsed: plan,
    startAtOnce: null,
    promptHistory: promptHistory.slice(0, 200),
  };
}
