import type { Socket } from 'node:net';
import { toLine } from '../connection/read-line.ts';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Snapshot } from '../presentation/snapshot.ts';

/** Sends a client the newest snapshot whenever it can take one. */
export type SnapshotSender = {
  /** There is a newer snapshot; it is sent at once, or when the one on its way has gone. */
  touch(): void;
  /** Writes the newest one in any case where it was not sent yet: for what is written last. */
  finish(): void;
};

/**
 * At most one snapshot is held for a client: the next one is taken and written only when the system has taken the last one's bytes, so
 * that those between are never made, and one that reads nothing costs nothing more.
 */
export function createSnapshotSender(
  socket: Socket,
  connection: Pick<RunnerConnection, 'getSnapshot'>,
): SnapshotSender {
  let sentWebUi: Snapshot['webUi'] | undefined;
  let isNewer = false;
  let isOnItsWay = false;

  function write(): void {
    isNewer = false;
    isOnItsWay = true;
    const { webUi, ...snapshot } = connection.getSnapshot();
    const first = webUi === sentWebUi ? '' : toLine({ type: 'webui', webUi });
    sentWebUi = webUi;
    socket.write(first + toLine({ type: 'snapshot', snapshot }), () => {
      isOnItsWay = false;
      if (isNewer && socket.writable) write();
    });
  }

  return {
    touch() {
      isNewer = true;
      if (!isOnItsWay && socket.writable) write();
    },
    finish() {
      if (isNewer && socket.writable) write();
    },
  };
}
