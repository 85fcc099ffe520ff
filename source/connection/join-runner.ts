import type { Command } from '../engine/command.ts';
import { cleanText } from '../presentation/clean-text.ts';
import type { Preview } from '../presentation/preview.ts';
import type { FilesRequest, Snapshot } from '../presentation/snapshot.ts';
import { boundView } from './bound-view.ts';
import { brokeOff, createDeliveries, type Delivery } from './deliveries.ts';
import { greetRunner } from './greet-runner.ts';
import { type JoinRefusal, noRunner } from './join-refusal.ts';
import { previewOf } from './preview-message.ts';
import type { ServerMessage } from './protocol.ts';
import type { RunnerConnection, RunnerLink } from './runner-connection.ts';
import type { RunnerLine } from './runner-line.ts';
import type { RunnerPointer } from './runner-pointer.ts';

/** How often a screen without a runner looks for one that somebody started, ms. */
const defaultLookEveryMs = 2000;

export type JoinOptions = {
  /** A screen joins the next runner by itself when its own is gone; a command does not. */
  readonly role: 'screen' | 'command';
  /** Of this program. */
  readonly version: string;
  /** Where the runner is now; null when there is none. */
  readonly find: () => RunnerPointer | null;
  /** Starts a runner that goes on with what the last one left, and resolves once it answers. */
  readonly start: () => Promise<{ readonly ok: true } | { readonly ok: false; readonly reason: string }>;
  /** What the first snapshot is to show of the files. */
  readonly view?: FilesRequest;
  /** How long a runner may take to greet, ms; 5 s when not given. */
  readonly patienceMs?: number;
  /** 2 s when not given. */
  readonly lookEveryMs?: number;
};

/** A connection over a socket. */
export type JoinedConnection = RunnerConnection & {
  /** Sends a command and resolves once the loop has taken it. */
  deliver(command: Command): Promise<Delivery>;
};

/** Joins the runner that is found, once it has greeted and sent a first snapshot. */
export async function joinRunner(
  options: JoinOptions,
): Promise<{ readonly ok: true; readonly connection: JoinedConnection } | JoinRefusal> {
  const listeners = new Set<() => void>();
  const deliveries = createDeliveries();
  let view = options.view ? boundView(options.view) : null;
  let line: RunnerLine | null = null;
  let link: RunnerLink = { kind: 'starting' };
  let webUi: Snapshot['webUi'] = null;
  let snapshot: Snapshot | null = null;
  let preview: Preview | null = null;
  let isPreviewWanted = false;
  let looking: NodeJS.Timeout | null = null;
  let isClosed = false;

  function tell(next: RunnerLink): void {
    link = next;
    for (const listener of listeners) listener();
  }

  function takeMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        return;
      case 'webui':
        webUi = message.webUi;
        return;
      case 'snapshot':
        snapshot = { ...message.snapshot, webUi };
        return tell({ kind: 'live' });
      case 'preview':
        preview = previewOf(message);
        return isPreviewWanted ? tell(link) : undefined;
      case 'done':
        return message.refusal === undefined
          ? deliveries.confirm(message.id)
          : deliveries.refuse(message.id, cleanText(message.refusal));
      case 'end': {
        const reason = cleanText(message.reason);
        return lose({ kind: 'ended', at: Date.now(), reason }, reason);
      }
    }
  }

  function lose(next: RunnerLink, reason: string): void {
    line?.close();
    line = null;
    preview = null;
    deliveries.giveUp(reason);
    tell(next);
    lookLater();
  }

  async function greet(): Promise<JoinRefusal | null> {
    const runner = options.find();
    if (runner === null) return noRunner;
    const { version, role, patienceMs } = options;
    const greeted = await greetRunner(
      { runner, version, role, view, until: 'snapshot', patienceMs },
      {
        onGreeted(greetedLine) {
          if (isClosed || line !== null) return greetedLine.close();
          line = greetedLine;
          if (isPreviewWanted) line.send({ type: 'want-preview', isWanted: true });
        },
        onMessage: (message) => !isClosed && takeMessage(message),
        onEnd: () => lose({ kind: 'lost', at: Date.now() }, brokeOff),
      },
    );
    return greeted.ok ? null : greeted;
  }

  function lookLater(): void {
    if (options.role !== 'screen' || isClosed || looking) return;
    looking = setTimeout(() => void look(), options.lookEveryMs ?? defaultLookEveryMs);
    looking.unref();
  }

  async function look(): Promise<void> {
    const refusal = await greet();
    looking = null;
    if (refusal === null || isClosed || link.kind === 'starting') return;
    const isNews = refusal.kind === 'other-version' || refusal.kind === 'not-allowed';
    if (isNews && link.kind !== 'refused') tell({ kind: 'refused', reason: refusal.reason });
    lookLater();
  }

  async function restart(): Promise<void> {
    if (link.kind === 'live' || link.kind === 'starting' || isClosed) return;
    tell({ kind: 'starting' });
    const started = await options.start();
    const refusal = started.ok && !isClosed && line === null ? await greet() : null;
    if (isClosed || line !== null) return;
    const reason = started.ok ? (refusal?.reason ?? noRunner.reason) : started.reason;
    tell({ kind: 'refused', reason });
    lookLater();
  }

  function send(command: Command): number {
    const id = deliveries.number();
    line?.send({ type: 'command', id, command });
    return id;
  }

  const refusal = await greet();
  if (refusal) return refusal;
  return {
    ok: true,
    connection: {
      send: (command) => void send(command),
      async deliver(command) {
        if (line === null) return { kind: 'gone', reason: brokeOff };
        return await deliveries.await(send(command));
      },
      view(request) {
        view = boundView(request);
        line?.send({ type: 'view', request: view });
      },
      getSnapshot() {
        if (snapshot === null) throw new Error('A joined connection has a snapshot.');
        return snapshot;
      },
      getLink: () => link,
      setPreviewWanted(isWanted) {
        if (isWanted === isPreviewWanted) return;
        isPreviewWanted = isWanted;
        line?.send({ type: 'want-preview', isWanted });
      },
      // One that was on its way when it was looked away from is not shown.
      getPreview: () => (isPreviewWanted ? preview : null),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      connect: (address) => line?.send({ type: 'connect', id: deliveries.number(), ...address }),
      restart: () => void restart(),
      close() {
        isClosed = true;
        if (looking) clearTimeout(looking);
        listeners.clear();
        line?.close();
        deliveries.giveUp('The connection was closed.');
      },
    },
  };
}
