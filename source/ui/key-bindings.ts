import type { RunnerLink } from '../presentation/runner-link.ts';
import type { Snapshot } from '../presentation/snapshot.ts';
import type { Binding } from './keys/binding.ts';
import { editorBindings } from './keys/editor-bindings.ts';
import {
  againBindings,
  choosingAlone,
  choosingBindings,
  copyBindings,
  galleryMoves,
} from './keys/gallery-bindings.ts';
import { generalAlone, generalBindings } from './keys/general-bindings.ts';
import { fileListBindings, filterBindings, loopBindings } from './keys/monitor-bindings.ts';
import {
  discardBindings,
  helpBindings,
  interruptBindings,
  leaveBindings,
  skipBindings,
  stopBindings,
  stopNowBindings,
} from './keys/question-bindings.ts';
import { nextStart } from './keys/runner-availability.ts';
import {
  checkpointBindings,
  formBindings,
  listBindings,
  parametersBindings,
  pickerBindings,
  promptsBindings,
} from './keys/setup-bindings.ts';
import { addressBindings, connectBindings, readyBindings } from './keys/start-bindings.ts';
import { startByEnter } from './monitor/start-by-enter.ts';
import type { Overlay, Screen, ScreenState } from './screen-state.ts';
import { isAtStart, type SetupState, stepOf } from './setup/setup-state.ts';

/** Keys that belong together, as the help shows them. */
export type BindingGroup = { readonly title: string; readonly bindings: readonly Binding[] };

/** Every key that does something on a screen, the most important first; what dispatches keys is made of the same tables. */
export function bindingsOnScreen(
  screen: Screen,
  isFilterOpen: boolean,
  isGalleryOnly = false,
): readonly BindingGroup[] {
  switch (screen.kind) {
    case 'connect':
      return screen.address === null
        ? [{ title: 'Connecting', bindings: connectBindings }]
        : [
            { title: 'Address', bindings: addressBindings },
            { title: 'Writing', bindings: editorBindings.filter(({ action }) => action !== 'new-line') },
          ];
    case 'ready':
      return [{ title: 'Once more', bindings: readyBindings }];
    case 'setup':
      return setupGroups(screen);
    case 'monitor':
      return isFilterOpen
        ? [{ title: 'Filter', bindings: filterBindings }]
        : [
            { title: 'The loop', bindings: loopBindings },
            { title: 'The files', bindings: fileListBindings },
          ];
    case 'gallery':
      return screen.gallery.isFilterOpen
        ? [{ title: 'Filter', bindings: filterBindings }]
        : [
            { title: 'The pictures', bindings: choosingOf(screen.gallery.isSingle, isGalleryOnly) },
            { title: 'Moving', bindings: galleryMoves },
          ];
  }
}

/** Enter says where it leads from one picture. */
function choosingOf(isSingle: boolean, isGalleryOnly: boolean): readonly Binding[] {
  const bindings: readonly Binding[] = isGalleryOnly ? choosingAlone : choosingBindings;
  if (!isSingle) return bindings;
  return bindings.map((each) => (each.action === 'toggle-single' ? { ...each, label: 'many' } : each));
}

function setupGroups({ setup }: Extract<Screen, { kind: 'setup' }>): readonly BindingGroup[] {
  const list = { title: 'The list', bindings: pickerBindings };
  switch (stepOf(setup)) {
    case 'checkpoint':
      return [{ title: 'Checkpoint', bindings: asTheyAct(checkpointBindings, setup) }, list];
    case 'prompts':
      return [
        { title: 'Prompts', bindings: asTheyAct(promptsBindings, setup) },
        { title: 'Writing', bindings: editorBindings },
      ];
    case 'parameters':
      return setup.form.picking === null
        ? [
            { title: 'Parameters', bindings: asTheyAct(parametersBindings, setup) },
            { title: 'The fields', bindings: formBindings },
          ]
        : [{ title: 'Choosing', bindings: listBindings }, list];
  }
}

/** Enter says where it leads, and Esc is left out where it leads nowhere. */
function asTheyAct(bindings: readonly Binding[], setup: SetupState): readonly Binding[] {
  return bindings.flatMap((binding) => {
    if (binding.action === 'go-on') return [{ ...binding, label: goOnLabel(setup, binding.label) }];
    return binding.action === 'go-back' && isAtStart(setup) ? [] : [binding];
  });
}

function goOnLabel(setup: SetupState, between: Binding['label']): NonNullable<Binding['label']> {
  if (setup.stepIndex < setup.steps.length - 1) return between ?? '';
  if (setup.origin === 'ready' && setup.steps.length === 1) return 'take';
  const isChange = setup.origin === 'monitor' && setup.steps.length === 1;
  return ({ status }) => (isChange && status.kind !== 'stopped' ? 'take' : 'generate');
}

type FooterFacts = {
  readonly state: ScreenState;
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
};

/** The bindings that the footer is made from, help and leaving at its end: an overlay's own while there is one. */
export function footerBindings(facts: FooterFacts): readonly Binding[] {
  const { screen, monitor, overlay, isGalleryOnly } = facts.state;
  if (overlay !== null) return overlayBindings(overlay);
  const onScreen = bindingsOnScreen(screen, monitor.isFilterOpen, isGalleryOnly).flatMap(
    (group) => group.bindings,
  );
  const isEnterStart =
    screen.kind === 'monitor' && startByEnter(monitor, facts.snapshot, facts.link) !== null;
  const bindings = isEnterStart ? withEnter(onScreen, facts) : onScreen;
  const hasLeave = bindings.some(({ action }) => action === 'leave');
  const all: readonly Binding[] = hasLeave ? bindings : [...bindings, ...generalBindings];
  const isLast = ({ action }: Binding) =>
    action === 'help' || action === 'leave' || action === 'ask-to-leave';
  return [...all.filter((binding) => !isLast(binding)), ...all.filter(isLast)];
}

/** Enter stands beside the key that starts it all again, which comes first, then what else can be done; what cannot comes last. */
function withEnter(bindings: readonly Binding[], { snapshot, link }: FooterFacts): readonly Binding[] {
  const start = nextStart(snapshot, link) === 'start-again' ? 'pause-or-resume' : 'retry-now';
  const rank = ({ action, disabledReason }: Binding) => {
    if (action === start) return 0;
    if ((disabledReason?.(snapshot, link) ?? null) !== null) return 3;
    return action === 'new-plan' ? 1 : 2;
  };
  return bindings
    .filter(({ action }) => action !== 'details')
    .map((each) => (each.action === start ? { ...each, shown: `↵ ${each.shown}`, isKept: true } : each))
    .sort((one, other) => rank(one) - rank(other));
}

/** All groups of the help, the general keys last. */
export function helpGroups({ screen, monitor, isGalleryOnly }: ScreenState): readonly BindingGroup[] {
  return [
    ...bindingsOnScreen(screen, monitor.isFilterOpen, isGalleryOnly),
    { title: 'Everywhere', bindings: isGalleryOnly ? generalAlone : generalBindings },
  ];
}

function overlayBindings(overlay: Overlay): readonly Binding[] {
  switch (overlay.kind) {
    case 'help':
      return helpBindings;
    case 'skip':
      return skipBindings;
    case 'interrupt':
      return interruptBindings;
    case 'discard':
      return discardBindings;
    case 'leave':
      return leaveBindings;
    case 'stop':
      return stopBindings;
    case 'stop-now':
      return stopNowBindings;
    case 'again':
      return againBindings;
    case 'copy':
      return copyBindings;
  }
}
