import type { RunnerConnection } from '../../source/connection/runner-connection.ts';
import type { Command } from '../../source/engine/command.ts';
import type { Preview } from '../../source/presentation/preview.ts';
import type { FilesRequest, Snapshot } from '../../source/presentation/snapshot.ts';
import type { RunnerDoor } from '../../source/runner/serve-client.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

/** A loop that does what the test says, and remembers what it was asked. */
export type ScriptedLoop = RunnerDoor & {
  /** Changes what every client sees. */
  publish(changes: Partial<Snapshot>): void;
  readonly commands: Command[];
  /** Commands of this type are refused. */
  refused: Command['type'] | null;
  readonly views: FilesRequest[];
  readonly addresses: { readonly url: string; readonly auth: string | null }[];
  /** The preview that clients see who want one. */
  showPreview(preview: Preview | null): void;
  /** How many clients want previews now. */
  wishCount(): number;
  /** The roles of the clients that are there now. */
  readonly roles: ('screen' | 'command')[];
  /** How many snapshots were taken by clients. */
  takenCount(): number;
};

export function scriptedLoop(): ScriptedLoop {
  const listeners = new Set<() => void>();
  let snapshot = exampleSnapshot();
  let preview: Preview | null = null;
  let wishes = 0;
  let taken = 0;
  function tell(): void {
    for (const listener of listeners) listener();
  }
  const loop: ScriptedLoop = {
    commands: [],
    views: [],
    addresses: [],
    roles: [],
    takenCount: () => taken,
    wishCount: () => wishes,
    showPreview(next) {
      preview = next;
      tell();
    },
    publish(changes) {
      snapshot = { ...snapshot, ...changes };
      tell();
    },
    refusalOf: ({ type }) => (type === loop.refused ? `It takes no ${type}.` : null),
    refused: null,
    open(role): RunnerConnection {
      let firstIndex = 0;
      let isPreviewWanted = false;
      let last: { readonly of: Snapshot; readonly seen: Snapshot } | null = null;
      loop.roles.push(role);
      return {
        send: (command) => void loop.commands.push(command),
        view(request) {
          loop.views.push(request);
          firstIndex = request.firstIndex;
          last = null;
        },
        getSnapshot() {
          taken += 1;
          if (last?.of !== snapshot) {
            last = { of: snapshot, seen: { ...snapshot, files: { ...snapshot.files, firstIndex } } };
          }
          return last.seen;
        },
        setPreviewWanted(isWanted) {
          wishes += Number(isWanted) - Number(isPreviewWanted);
          isPreviewWanted = isWanted;
          setImmediate(tell);
        },
        getPreview: () => (isPreviewWanted ? preview : null),
        getLink: () => ({ kind: 'live' }),
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        connect: (address) => void loop.addresses.push(address),
        restart: () => undefined,
        close() {
          wishes -= Number(isPreviewWanted);
          loop.roles.splice(loop.roles.indexOf(role), 1);
        },
      };
    },
  };
  return loop;
}
