import type { RunnerConnection } from '../../source/connection/runner-connection.ts';
import type { Command } from '../../source/engine/command.ts';
import type { FilesRequest, Snapshot } from '../../source/presentation/snapshot.ts';
import type { RunnerDoor } from '../../source/runner/serve-client.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

/** A loop that does what the test says, and remembers what it was asked. */
export type ScriptedLoop = RunnerDoor & {
  /** Changes what every client sees. */
  publish(changes: Partial<Snapshot>): void;
  readonly commands: Command[];
  readonly views: FilesRequest[];
  readonly addresses: { readonly url: string; readonly auth: string | null }[];
  /** The roles of the clients that are there now. */
  readonly roles: ('screen' | 'command')[];
  /** How many snapshots were taken by clients. */
  takenCount(): number;
};

export function scriptedLoop(): ScriptedLoop {
  const listeners = new Set<() => void>();
  let snapshot = exampleSnapshot();
  let taken = 0;
  const loop: ScriptedLoop = {
    commands: [],
    views: [],
    addresses: [],
    roles: [],
    takenCount: () => taken,
    publish(changes) {
      snapshot = { ...snapshot, ...changes };
      for (const listener of listeners) listener();
    },
    open(role): RunnerConnection {
      let firstIndex = 0;
      loop.roles.push(role);
      return {
        send: (command) => void loop.commands.push(command),
        view(request) {
          loop.views.push(request);
          firstIndex = request.firstIndex;
        },
        getSnapshot() {
          taken += 1;
          return { ...snapshot, files: { ...snapshot.files, firstIndex } };
        },
        getLink: () => ({ kind: 'live' }),
        subscribe(listener) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        connect: (address) => void loop.addresses.push(address),
        restart: () => undefined,
        close: () => void loop.roles.splice(loop.roles.indexOf(role), 1),
      };
    },
  };
  return loop;
}
