import { endedSnapshot } from '../../../source/presentation/ended-snapshot.ts';
import type { RunnerLink } from '../../../source/presentation/runner-link.ts';
import type { Snapshot } from '../../../source/presentation/snapshot.ts';
import type { GalleryData } from '../../../source/ui/gallery/gallery-data.ts';
import {
  createScreenState,
  type InitialScreen,
  type ScreenEffect,
  type ScreenEvent,
  type ScreenState,
} from '../../../source/ui/screen-state.ts';
import { emptyBase } from '../../../source/ui/setup/setup-state.ts';
import { update } from '../../../source/ui/update/update.ts';
import { exampleWebUi } from '../example-webui.ts';
import { exampleNow, exampleSnapshot } from '../monitor/example-snapshot.ts';

const firstStart: InitialScreen = {
  lastUsed: null,
  given: emptyBase,
  promptHistory: [],
  startAtOnce: null,
  auth: null,
};

/** A screen without a terminal: keys go in, the state and the wishes it has come out. */
export class Pressed {
  state: ScreenState;
  snapshot: Snapshot;
  link: RunnerLink;
  gallery: GalleryData | null = null;
  /** Since the last look, windows on the files left out. */
  effects: ScreenEffect[] = [];

  constructor(
    snapshot: Partial<Snapshot>,
    initial: Partial<InitialScreen> = {},
    link: RunnerLink = { kind: 'live' },
  ) {
    this.state = createScreenState({ ...firstStart, ...initial });
    this.snapshot = exampleSnapshot(snapshot);
    this.link = link;
    this.handle({ type: 'snapshot' });
  }

  /** Presses keys by their chords, one after another. */
  press(...chords: readonly string[]): this {
    for (const chord of chords) {
      const text = chord === 'space' ? ' ' : chord.length === 1 ? chord : '';
      this.handle({ type: 'key', key: { chord, text } });
    }
    return this;
  }

  type(text: string): this {
    for (const character of text) {
      this.handle({ type: 'key', key: { chord: character === ' ' ? 'space' : character, text: character } });
    }
    return this;
  }

  paste(text: string): this {
    this.handle({ type: 'paste', text });
    return this;
  }

  /** A new snapshot arrives. */
  see(snapshot: Partial<Snapshot>): this {
    this.snapshot = { ...this.snapshot, ...snapshot };
    this.handle({ type: 'snapshot' });
    return this;
  }

  /** The link to the runner becomes another. */
  seeLink(link: RunnerLink, snapshot: Partial<Snapshot> = {}): this {
    this.link = link;
    return this.see(snapshot);
  }

  /** The gallery has something new. */
  seeGallery(gallery: GalleryData): this {
    this.gallery = gallery;
    this.handle({ type: 'gallery' });
    return this;
  }

  /** What was wished for since the last call. */
  wishes(): ScreenEffect[] {
    const { effects } = this;
    this.effects = [];
    return effects;
  }

  private handle(event: ScreenEvent): void {
    const { link } = this;
    const snapshot = endedSnapshot(this.snapshot, link);
    const { gallery } = this;
    const context = { snapshot, link, gallery, columns: 80, rows: 24, now: exampleNow };
    const { state, effects } = update(this.state, event, context);
    this.state = state;
    this.effects.push(...effects.filter(({ type }) => type !== 'view'));
  }
}

/** Connected, nothing planned, nothing remembered. */
export function firstDay(): Pressed {
  return new Pressed({ webUi: exampleWebUi, status: { kind: 'idle' }, running: null });
}
