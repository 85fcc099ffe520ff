import type { Socket } from 'node:net';
import { toPreviewMessage } from '../connection/preview-message.ts';
import { toLine } from '../connection/read-line.ts';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Preview } from '../presentation/preview.ts';
import type { Snapshot } from '../presentation/snapshot.ts';

/** Sends a client the newest snapshot and preview whenever it can take them. */
export type SnapshotSender = {
  /** There is a newer one; it is sent at once, or when the one on its way has gone. */
  touch(): void;
  /** Writes the newest one in any case where it was not sent yet: for what is written last. */
  finish(): void;
};

/**
 * At most one snapshot and one preview are held for a client: the next ones are taken and written only when the system has taken the last
 * ones' bytes, so that those between are never made, and one that reads nothing costs nothing more.
 */
export function createSnapshotSender(
  socket: Socket,
  connection: Pick<RunnerConnection, 'getSnapshot' | 'getPreview'>,
): SnapshotSender {
  let sentWebUi: Snapshot['webUi'] | undefined;
  let sent: Snapshot | null = null;
  let sentPreview: Preview | null = null;
  let isNewer = false;
  let isOnItsWay = false;

  function write(): void {
    isNewer = false;
    const lines = newLines();
    if (lines === '') return;
    isOnItsWay = true;
    socket.write(lines, () => {
      isOnItsWay = false;
      if (isNewer && socket.writable) write();
    });
  }

  /** A preview comes with no snapshot of its own where nothing else is new. */
  function newLines(): string {
    const lines: string[] = [];
    const newest = connection.getSnapshot();
    if (newest !== sent) {
      const { webUi, ...snapshot } = newest;
      if (webUi !== sentWebUi) lines.push(toLine({ type: 'webui', webUi }));
      lines.push(toLine({ type: 'snapshot', snapshot }));
      sent = newest;
      sentWebUi = webUi;
    }
    const preview = connection.getPreview();
    if (preview !== sentPreview) lines.push(toLine(toPreviewMessage(preview)));
    sentPreview = preview;
    return lines.join('');
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
