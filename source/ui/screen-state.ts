import type { Command } from '../engine/command.ts';
import type { Plan } from '../plan/plan.ts';
import type { ChoosableImage, Decision } from '../presentation/choosing.ts';
import type { RunnerLink } from '../presentation/runner-link.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';
import { createEditor, type EditorState } from './components/text-editor/state.ts';
import type { AgainKind, GalleryData, GalleryWish } from './gallery/gallery-data.ts';
import { type GalleryState, initialGallery } from './gallery/gallery-state.ts';
import type { KeyPress } from './keys/key-press.ts';
import { initialMonitorState, type MonitorState } from './monitor/monitor-state.ts';
import type { SetupBase, SetupState } from './setup/setup-state.ts';

/** Address and credentials being typed. */
export type AddressForm = {
  readonly focus: 'url' | 'auth';
  readonly url: EditorState;
  /** `user:password`; drawn as dots. */
  readonly auth: EditorState;
};

export type Screen =
  | { readonly kind: 'connect'; readonly address: AddressForm | null }
  /** What was generated last time, to be repeated with one key. */
  | { readonly kind: 'ready'; readonly plan: Plan; readonly changes: readonly string[] }
  | { readonly kind: 'setup'; readonly setup: SetupState }
  | { readonly kind: 'monitor' }
  | { readonly kind: 'gallery'; readonly gallery: GalleryState };

/** What lies over the screen and takes its keys. */
export type Overlay =
  | { readonly kind: 'help'; readonly firstRow: number }
  | { readonly kind: 'skip'; readonly generationId: number }
  | { readonly kind: 'interrupt'; readonly generationId: number }
  /** Something that was written would be lost; `yes` is where it leads. */
  | { readonly kind: 'discard'; readonly to: 'screen-before' | 'shell' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'stop' }
  /** The loop is stopping already, after what is in flight. */
  | { readonly kind: 'stop-now' }
  /** What is to be generated from an image, or copied of it. */
  | { readonly kind: 'again' | 'copy'; readonly image: ChoosableImage };

export type Note = {
  readonly text: string;
  readonly tone: 'info' | 'warning';
  /** It has come true, and goes, once a generation after this one runs; otherwise it stays until the next key. */
  readonly lastGenerationId?: number;
};

/** What a plan is handed over with. */
export type PlanCommand = Extract<Command, { type: 'start' | 'change-plan' }>;

/** Everything that the screen remembers of its user; what the loop does is in the snapshot. */
export type ScreenState = {
  readonly screen: Screen;
  readonly monitor: MonitorState;
  /** Whether the gallery is all there is: no loop is behind it. */
  readonly isGalleryOnly: boolean;
  /** Where the gallery was left. */
  readonly leftGallery: Partial<GalleryState>;
  /** How many of the gallery's sentences were said. */
  readonly heardGalleryNumber: number;
  readonly overlay: Overlay | null;
  /** The answer to the last key, where it needs words. */
  readonly note: Note | null;
  /** The line on what the loop did while nobody looked, until the first key. */
  readonly isAbsenceShown: boolean;
  /** What the link to the runner was last seen to be, and since when, ms since epoch; null before the first look. */
  readonly link: {
    readonly kind: RunnerLink['kind'];
    readonly since: number;
    readonly hasBeenLive: boolean;
  } | null;
  /** Sent as soon as there is a runner again. */
  readonly awaitingRunner: PlanCommand | null;
  /** Newest first. */
  readonly promptHistory: readonly string[];
  readonly lastUsed: Plan | null;
  /** What the first setup begins with where there is no plan to begin with. */
  readonly given: SetupBase;
  /** To be started as soon as a WebUI answers. */
  readonly startAtOnce: Plan | null;
  readonly auth: string | null;
};

export type ScreenEvent =
  | { readonly type: 'key'; readonly key: KeyPress }
  | { readonly type: 'paste'; readonly text: string }
  | { readonly type: 'snapshot' }
  /** The gallery has something new to show. */
  | { readonly type: 'gallery' }
  /** The live preview is another. */
  | { readonly type: 'preview' }
  | { readonly type: 'resize' }
  /** Time passed, on screens that show it passing. */
  | { readonly type: 'tick' }
  /** What the screen wanted done outside itself failed: a sentence. */
  | { readonly type: 'trouble'; readonly text: string };

/** What the screen wants done outside itself. */
export type ScreenEffect =
  | { readonly type: 'send'; readonly command: Command }
  | { readonly type: 'connect'; readonly url: string; readonly auth: string | null }
  | { readonly type: 'view'; readonly request: FilesRequest }
  /** A plan was started or changed by a person: to be remembered. */
  | { readonly type: 'remember'; readonly plan: Plan }
  | { readonly type: 'gallery-wish'; readonly wish: GalleryWish }
  /** Nobody looks at the gallery any more. */
  | { readonly type: 'gallery-rest' }
  | { readonly type: 'gallery-choose'; readonly paths: readonly string[]; readonly decision: Decision }
  | { readonly type: 'gallery-undo' }
  | { readonly type: 'gallery-again'; readonly image: ChoosableImage; readonly how: AgainKind }
  /** Into the clipboard of the person's own machine. */
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'suspend' }
  /** Starts a runner where there is none any more. */
  | { readonly type: 'restart' }
  | { readonly type: 'leave'; readonly isByCtrlC: boolean };

/** What an event is judged by besides the state. */
export type ScreenContext = {
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
  /** Null where this screen has no gallery. */
  readonly gallery: GalleryData | null;
  readonly columns: number;
  readonly rows: number;
  /** Ms since epoch. */
  readonly now: number;
};

export type Update = { readonly state: ScreenState; readonly effects: readonly ScreenEffect[] };

export type InitialScreen = {
  readonly lastUsed: Plan | null;
  /** What is known of a plan, be it only a model, a prompt or a size. */
  readonly given: SetupBase;
  /** Newest first. */
  readonly promptHistory: readonly string[];
  readonly startAtOnce: Plan | null;
  /** `user:password` that the connection was made with. */
  readonly auth: string | null;
  /** What went wrong before there was a screen: a sentence or a few. */
  readonly trouble?: string | undefined;
  /** Shows the gallery and nothing else. */
  readonly isGalleryOnly?: boolean;
};

export function createScreenState({
  trouble,
  isGalleryOnly = false,
  ...initial
}: InitialScreen): ScreenState {
  return {
    screen: isGalleryOnly ? { kind: 'gallery', gallery: initialGallery } : { kind: 'connect', address: null },
    isGalleryOnly,
    monitor: initialMonitorState,
    leftGallery: {},
    heardGalleryNumber: 0,
    overlay: null,
    note: trouble ? { text: trouble, tone: 'warning' } : null,
    isAbsenceShown: true,
    link: null,
    awaitingRunner: null,
    ...initial,
  };
}

export function createAddressForm(url: string, auth: string | null): AddressForm {
  return {
    focus: 'url',
    url: createEditor(url, { isMultiline: false }),
    auth: createEditor(auth ?? '', { isMultiline: false }),
  };
}

export function become(state: ScreenState, ...effects: readonly ScreenEffect[]): Update {
  return { state, effects };
}

export function say(state: ScreenState, text: string, tone: Note['tone'] = 'warning'): Update {
  return become({ ...state, note: { text, tone } });
}
