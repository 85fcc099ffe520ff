import type { ChoosableImage } from '../../presentation/choosing.ts';
import { bodyArea, insideOf } from '../areas.ts';
import type { Binding } from '../keys/binding.ts';
import { findBinding } from '../keys/binding.ts';
import { againBindings, type CopyAction, copyBindings } from '../keys/gallery-bindings.ts';
import type { KeyPress } from '../keys/key-press.ts';
import {
  discardBindings,
  helpBindings,
  interruptBindings,
  leaveBindings,
  skipBindings,
  stopBindings,
  stopNowBindings,
  type YesNo,
} from '../keys/question-bindings.ts';
import {
  become,
  type Overlay,
  type ScreenContext,
  type ScreenState,
  say,
  type Update,
} from '../screen-state.ts';
import { leaveNow } from './leave.ts';
import { leaveSetup } from './on-setup.ts';

export function pressOnOverlay(
  state: ScreenState,
  overlay: Overlay,
  { chord }: KeyPress,
  context: ScreenContext,
): Update {
  const closed = { ...state, overlay: null };
  switch (overlay.kind) {
    case 'help':
      return scrollHelp(state, overlay.firstRow, chord, context);
    case 'skip':
      return answer(state, skipBindings, chord, () =>
        become(closed, { type: 'send', command: { type: 'skip' } }),
      );
    case 'interrupt':
      return answer(state, interruptBindings, chord, () =>
        become(closed, { type: 'send', command: { type: 'interrupt' } }),
      );
    case 'discard':
      return answer(state, discardBindings, chord, () =>
        overlay.to === 'shell' ? leaveNow(closed) : leaveSetup(closed, context),
      );
    case 'leave':
      return answer(state, leaveBindings, chord, () => leaveNow(closed));
    case 'stop':
      return answerStop(state, chord);
    case 'stop-now':
      return answer(state, stopNowBindings, chord, () => stop(closed, true));
    case 'again': {
      const how = findBinding(againBindings, chord)?.action;
      if (how === undefined) return become(state);
      return how === 'no'
        ? become(closed)
        : become(closed, { type: 'gallery-again', image: overlay.image, how });
    }
    case 'copy': {
      const what = findBinding(copyBindings, chord)?.action;
      if (what === undefined) return become(state);
      return what === 'no' ? become(closed) : copy(closed, overlay.image, what);
    }
  }
}

function answer(
  state: ScreenState,
  bindings: readonly Binding<YesNo>[],
  chord: string,
  onYes: () => Update,
): Update {
  switch (findBinding(bindings, chord)?.action) {
    case 'yes':
      return onYes();
    case 'no':
      return become({ ...state, overlay: null });
    case undefined:
      return become(state);
  }
}

function copy(state: ScreenState, image: ChoosableImage, what: Exclude<CopyAction, 'no'>): Update {
  const text = {
    seed: image.seed === null ? null : String(image.seed),
    prompt: image.prompt,
    path: image.path,
  }[what];
  if (text === null || text === '') return say(state, `The ${what} of this picture is not known.`);
  const told = say(state, `Sent the ${what} to your terminal's clipboard, where it allows that.`, 'info');
  return become(told.state, { type: 'copy', text });
}

function answerStop(state: ScreenState, chord: string): Update {
  const closed = { ...state, overlay: null };
  switch (findBinding(stopBindings, chord)?.action) {
    case 'finish':
      return stop(closed, false);
    case 'interrupt':
      return stop(closed, true);
    case 'stay':
      return become(closed);
    case undefined:
      return become(state);
  }
}

function stop(state: ScreenState, now: boolean): Update {
  return become(state, { type: 'send', command: { type: 'stop', now } });
}

/** The rows are clamped where they are drawn, since only there their number is known. */
function scrollHelp(state: ScreenState, firstRow: number, chord: string, context: ScreenContext): Update {
  const page = insideOf(bodyArea(context)).height - 1;
  const scrollTo = (row: number) =>
    become({ ...state, overlay: { kind: 'help', firstRow: Math.max(0, row) } });
  switch (findBinding(helpBindings, chord)?.action) {
    case 'close':
      return become({ ...state, overlay: null });
    case 'up':
      return scrollTo(firstRow - 1);
    case 'down':
      return scrollTo(firstRow + 1);
    case 'page-up':
      return scrollTo(firstRow - page);
    case 'page-down':
      return scrollTo(firstRow + page);
    case undefined:
      return become(state);
  }
}
