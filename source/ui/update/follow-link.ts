import {
  become,
  type PlanCommand,
  type ScreenContext,
  type ScreenState,
  type Update,
} from '../screen-state.ts';

/** What a change of the link to the runner makes of the screen; the same state where it did not change. */
export function followLink(state: ScreenState, context: ScreenContext): Update {
  const { kind } = context.link;
  const { link: before } = state;
  if (kind === before?.kind) return become(state);
  const isReturn = before !== null && (before.hasBeenLive || before.kind !== 'starting');
  const hasBeenLive = kind === 'live' || before?.hasBeenLive === true;
  const next: ScreenState = { ...state, link: { kind, since: context.now, hasBeenLive } };
  if (kind === 'live') return welcome(next, isReturn, context);
  return become({
    ...withoutLoopQuestion(next),
    // It would come as a surprise after whatever a person does about the refusal.
    awaitingRunner: kind === 'refused' ? null : next.awaitingRunner,
  });
}

function welcome(state: ScreenState, isReturn: boolean, context: ScreenContext): Update {
  const { awaitingRunner } = state;
  const next: ScreenState = {
    ...state,
    awaitingRunner: null,
    note: isReturn ? { text: 'The runner is back.', tone: 'info' } : state.note,
  };
  if (awaitingRunner === null) return become(next);
  return become(next, { type: 'send', command: fitted(awaitingRunner, context) });
}

/** A runner that came back without a plan has none to change. */
function fitted(command: PlanCommand, { snapshot }: ScreenContext): PlanCommand {
  return snapshot.plan === null ? { type: 'start', plan: command.plan } : command;
}

/** What a question would do can be done no more. */
function withoutLoopQuestion(state: ScreenState): ScreenState {
  switch (state.overlay?.kind) {
    case 'skip':
    case 'interrupt':
    case 'stop':
    case 'stop-now':
      return { ...state, overlay: null };
    case 'help':
    case 'discard':
    case 'leave':
    case 'again':
    case 'copy':
    case undefined:
      return state;
  }
}
