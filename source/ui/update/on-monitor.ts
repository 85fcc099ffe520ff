import type { Plan } from '../../plan/plan.ts';
import { bodyArea } from '../areas.ts';
import { findBinding } from '../keys/binding.ts';
import type { KeyPress } from '../keys/key-press.ts';
import {
  type FileListAction,
  type FilterAction,
  fileListBindings,
  filterBindings,
  type LoopAction,
  loopBindings,
} from '../keys/monitor-bindings.ts';
import { requestFor } from '../monitor/files-request.ts';
import { layoutMonitor } from '../monitor/layout.ts';
import { type MonitorAction, reduceMonitor } from '../monitor/monitor-state.ts';
import { startByEnter } from '../monitor/start-by-enter.ts';
import { visibleRowCount } from '../monitor/visible-rows.ts';
import { become, type ScreenContext, type ScreenState, say, type Update } from '../screen-state.ts';
import { allSteps, type SetupStep } from '../setup/setup-state.ts';
import { leave } from './leave.ts';
import { retryOrRestart } from './on-connect.ts';
import { openGallery } from './on-gallery.ts';
import { freshBase } from './on-ready.ts';
import { openSetup } from './on-setup.ts';
import { isStopTakenBack, pauseOrResume } from './pause-or-resume.ts';

export function pressOnMonitor(state: ScreenState, key: KeyPress, context: ScreenContext): Update {
  if (state.monitor.isFilterOpen) return pressOnFilter(state, key, context);
  const binding = findBinding(loopBindings, key.chord);
  const reason = binding?.disabledReason?.(context.snapshot, context.link) ?? null;
  if (reason !== null) return say(state, reason);
  if (binding !== null) return act(state, binding.action, context);
  const listAction = findBinding(fileListBindings, key.chord)?.action;
  if (listAction === undefined) return become(state);
  if (listAction === 'back' && isStopTakenBack(state, context)) return pauseOrResume(state, context);
  const start = listAction === 'details' ? startByEnter(state.monitor, context.snapshot, context.link) : null;
  if (start === 'restart-runner') return become(state, { type: 'restart' });
  if (start === 'start-again') return pauseOrResume(state, context);
  return change(state, listActions[listAction], context);
}

export function pasteIntoMonitor(state: ScreenState, text: string, context: ScreenContext): Update {
  if (!state.monitor.isFilterOpen) return become(state);
  return change(state, { type: 'type-filter', text: text.trim() }, context);
}

/** Lets the file list follow a new snapshot or size, and asks for the files that the screen then shows. */
export function settleMonitor(state: ScreenState, context: ScreenContext): Update {
  return change(state, { type: 'files-changed' }, context);
}

const listActions: Readonly<Record<FileListAction, MonitorAction>> = {
  up: { type: 'move', rowCount: -1 },
  down: { type: 'move', rowCount: 1 },
  'page-up': { type: 'page', direction: -1 },
  'page-down': { type: 'page', direction: 1 },
  first: { type: 'newest' },
  last: { type: 'oldest' },
  details: { type: 'toggle-details' },
  'open-filter': { type: 'open-filter' },
  back: { type: 'back' },
};

const filterActions: Readonly<Record<FilterAction, MonitorAction>> = {
  'keep-filter': { type: 'close-filter' },
  'drop-filter': { type: 'back' },
  clear: { type: 'clear-filter' },
  'delete-back': { type: 'erase-filter' },
  up: { type: 'move', rowCount: -1 },
  down: { type: 'move', rowCount: 1 },
};

function pressOnFilter(state: ScreenState, key: KeyPress, context: ScreenContext): Update {
  const action = findBinding(filterBindings, key.chord)?.action;
  if (action !== undefined) return change(state, filterActions[action], context);
  return key.text === '' ? become(state) : change(state, { type: 'type-filter', text: key.text }, context);
}

function change(state: ScreenState, action: MonitorAction, { snapshot, ...size }: ScreenContext): Update {
  const body = bodyArea(size);
  const { height } = layoutMonitor(body.width, body.height, state.monitor.isPreviewShown).files;
  const visibleCount = visibleRowCount(height, state.monitor);
  const monitor = reduceMonitor(state.monitor, action, { files: snapshot.files, visibleCount });
  const request = requestFor(monitor, visibleRowCount(height, monitor));
  return become(monitor === state.monitor ? state : { ...state, monitor }, { type: 'view', request });
}

function act(state: ScreenState, action: LoopAction, context: ScreenContext): Update {
  const { snapshot } = context;
  const { plan, running } = snapshot;
  const generationId = running?.generation.id ?? 0;
  switch (action) {
    case 'pause-or-resume':
      return pauseOrResume(state, context);
    case 'skip':
      return become({ ...state, overlay: { kind: 'skip', generationId } });
    case 'interrupt':
      return become({ ...state, overlay: { kind: 'interrupt', generationId } });
    case 'stop':
      return become({
        ...state,
        overlay: { kind: snapshot.status.kind === 'stopping' ? 'stop-now' : 'stop' },
      });
    case 'retry-now':
      return retryOrRestart(state, context);
    case 'change-checkpoint':
      return openChange(state, plan, 'checkpoint', context);
    case 'change-prompt':
      return openChange(state, plan, 'prompts', context);
    case 'change-parameters':
      return openChange(state, plan, 'parameters', context);
    case 'new-plan':
      return openSetup(
        state,
        { base: freshBase(plan, state.given), steps: allSteps, origin: 'monitor' },
        context,
      );
    case 'preview':
      return togglePreview(state, context);
    case 'pictures':
      return openGallery(state, context);
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case 'leave':
      return leave(state);
  }
}

function togglePreview(state: ScreenState, context: ScreenContext): Update {
  const body = bodyArea(context);
  if (layoutMonitor(body.width, body.height, true).kind === 'compact')
    return say(state, 'The preview needs a window of 76 columns and 17 rows.');
  return change(state, { type: 'toggle-preview' }, context);
}

function openChange(state: ScreenState, plan: Plan | null, step: SetupStep, context: ScreenContext): Update {
  return plan === null
    ? become(state)
    : openSetup(state, { base: plan, steps: [step], origin: 'monitor' }, context);
}
