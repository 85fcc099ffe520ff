import { findBinding } from '../keys/binding.ts';
import { generalBindings } from '../keys/general-bindings.ts';
import type { KeyPress } from '../keys/key-press.ts';
import {
  become,
  type ScreenContext,
  type ScreenEvent,
  type ScreenState,
  say,
  type Update,
} from '../screen-state.ts';
import { followSnapshot } from './follow-snapshot.ts';
import { askToLeave } from './leave.ts';
import { pasteIntoConnect, pressOnConnect } from './on-connect.ts';
import { pasteIntoGallery, pressOnGallery, settleOnGallery } from './on-gallery.ts';
import { pasteIntoMonitor, pressOnMonitor, settleMonitor } from './on-monitor.ts';
import { pressOnOverlay } from './on-overlay.ts';
import { pressOnReady } from './on-ready.ts';
import { pasteIntoSetup, pressOnSetup } from './on-setup.ts';

/** The whole behaviour of the screen: what an event makes of its state, and what is to be done outside it. */
export function update(state: ScreenState, event: ScreenEvent, context: ScreenContext): Update {
  switch (event.type) {
    case 'key':
      return press(answered(state), event.key, context);
    case 'paste':
      return paste(answered(state), event.text, context);
    case 'snapshot':
      return followSnapshot(state, context);
    case 'gallery':
      return settleOnGallery(state, context);
    case 'resize':
      return state.screen.kind === 'gallery'
        ? settleOnGallery(state, context)
        : settleMonitor(state, context);
    case 'tick':
    case 'preview':
      return become(state);
    case 'trouble':
      return say(state, event.text);
  }
}

/** What was said to a person goes when they press a key. */
function answered(state: ScreenState): ScreenState {
  return { ...state, note: null, isAbsenceShown: false };
}

function press(state: ScreenState, key: KeyPress, context: ScreenContext): Update {
  switch (findBinding(generalBindings, key.chord)?.action) {
    case 'suspend':
      return become(state, { type: 'suspend' });
    case 'ask-to-leave':
      return askToLeave(state);
    case undefined:
      return pressOnScreen(state, key, context);
  }
}

function pressOnScreen(state: ScreenState, key: KeyPress, context: ScreenContext): Update {
  if (state.overlay !== null) return pressOnOverlay(state, state.overlay, key, context);
  switch (state.screen.kind) {
    case 'connect':
      return pressOnConnect(state, state.screen.address, key, context);
    case 'ready':
      return pressOnReady(state, state.screen.plan, key, context);
    case 'setup':
      return pressOnSetup(state, state.screen.setup, key, context);
    case 'monitor':
      return pressOnMonitor(state, key, context);
    case 'gallery':
      return pressOnGallery(state, state.screen.gallery, key, context);
  }
}

function paste(state: ScreenState, text: string, context: ScreenContext): Update {
  if (state.overlay !== null) return become(state);
  switch (state.screen.kind) {
    case 'connect':
      return pasteIntoConnect(state, state.screen.address, text);
    case 'ready':
      return become(state);
    case 'setup':
      return pasteIntoSetup(state, state.screen.setup, text, context);
    case 'monitor':
      return pasteIntoMonitor(state, text, context);
    case 'gallery':
      return pasteIntoGallery(state, state.screen.gallery, text, context);
  }
}
