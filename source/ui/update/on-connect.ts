import { type EditorAction, reduceEditor } from '../components/text-editor/state.ts';
import { findBinding } from '../keys/binding.ts';
import { editorBindings } from '../keys/editor-bindings.ts';
import type { KeyPress } from '../keys/key-press.ts';
import { nextStart, whyNotTold } from '../keys/runner-availability.ts';
import { addressBindings, connectBindings } from '../keys/start-bindings.ts';
import {
  type AddressForm,
  become,
  createAddressForm,
  type ScreenContext,
  type ScreenState,
  say,
  type Update,
} from '../screen-state.ts';
import { leave } from './leave.ts';

export function pressOnConnect(
  state: ScreenState,
  address: AddressForm | null,
  key: KeyPress,
  context: ScreenContext,
): Update {
  if (address !== null) return pressOnAddress(state, address, key, context);
  const { snapshot, link } = context;
  const binding = findBinding(connectBindings, key.chord);
  const reason = binding?.disabledReason?.(snapshot, link) ?? null;
  if (reason !== null) return say(state, reason);
  switch (binding?.action) {
    case 'retry-now':
      return retryOrRestart(state, context);
    case 'edit-address':
      return become(withAddress(state, createAddressForm(snapshot.url, state.auth)));
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case 'leave':
      return leave(state);
    case undefined:
      return become(state);
  }
}

/** The same key tries a WebUI again and starts a runner that died again. */
export function retryOrRestart(state: ScreenState, { snapshot, link }: ScreenContext): Update {
  return nextStart(snapshot, link) === 'restart-runner'
    ? become(state, { type: 'restart' })
    : become(state, { type: 'send', command: { type: 'retry-now' } });
}

export function pasteIntoConnect(state: ScreenState, address: AddressForm | null, text: string): Update {
  return address === null ? become(state) : edit(state, address, { type: 'insert', text: text.trim() });
}

function pressOnAddress(
  state: ScreenState,
  address: AddressForm,
  key: KeyPress,
  context: ScreenContext,
): Update {
  switch (findBinding(addressBindings, key.chord)?.action) {
    case 'apply':
      return apply(state, address, context);
    case 'switch-field':
      return become(withAddress(state, { ...address, focus: address.focus === 'url' ? 'auth' : 'url' }));
    case 'close':
      return become(withAddress(state, null));
    case 'help':
      return become({ ...state, overlay: { kind: 'help', firstRow: 0 } });
    case undefined: {
      const command = findBinding(editorBindings, key.chord)?.action;
      if (command !== undefined) return edit(state, address, { type: 'command', command });
      return key.text === '' ? become(state) : edit(state, address, { type: 'insert', text: key.text });
    }
  }
}

function edit(state: ScreenState, address: AddressForm, action: EditorAction): Update {
  const { focus } = address;
  const field = reduceEditor(address[focus], action, Number.POSITIVE_INFINITY);
  return become(withAddress(state, { ...address, [focus]: field }));
}

function withAddress(state: ScreenState, address: AddressForm | null): ScreenState {
  return { ...state, screen: { kind: 'connect', address } };
}

function apply(state: ScreenState, address: AddressForm, { link, snapshot }: ScreenContext): Update {
  const reason = whyNotTold(link);
  if (reason !== null) return say(state, reason);
  const url = readUrl(address.url.text);
  if (url === null) {
    return say(state, 'That is no address: write it like http://127.0.0.1:7860.');
  }
  const credentials = address.auth.text.trim();
  if (credentials !== '' && !credentials.includes(':')) {
    return say(state, 'Write user and password with a colon between them, or leave both away.');
  }
  // What stood in the field before is for the address that stood beside it.
  const isMoved = URL.parse(url)?.origin !== URL.parse(snapshot.url)?.origin;
  const isLeftOver = isMoved && credentials === (state.auth ?? '').trim();
  const auth = credentials === '' || isLeftOver ? null : credentials;
  return become({ ...withAddress(state, null), auth }, { type: 'connect', url, auth });
}

/** People write `127.0.0.1:7860` for an address; a path stays, for WebUIs behind `--subpath`. */
function readUrl(text: string): string | null {
  const trimmed = text.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = URL.parse(whole);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '' || /\s/.test(trimmed))
    return null;
  return url.href.replace(/\/+$/, '');
}
