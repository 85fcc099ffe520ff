import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { protocolVersion } from '../../source/connection/protocol.ts';
import { waitFor } from '../helpers/wait-for.ts';

/** A client that may say anything. */
export type RawClient = {
  readonly socket: Socket;
  /** What came so far, line by line. */
  lines(): readonly Record<string, unknown>[];
  /** The last line, once the runner has closed the connection. */
  ended(): Promise<Record<string, unknown>>;
  /** Resolves to the first message of the type. */
  message(type: string): Promise<Record<string, unknown>>;
};

export const hello = `${JSON.stringify({ type: 'hello', protocol: protocolVersion, version: '1.0.0', role: 'screen' })}\n`;

export function rawClient(path: string, firstBytes: string | Uint8Array = ''): RawClient {
  const socket = connect(path);
  onTestFinished(() => void socket.destroy());
  const messages: Record<string, unknown>[] = [];
  let half = '';
  let isClosed = false;
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (half + chunk).split('\n');
    half = lines.pop() ?? '';
    messages.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  // A runner that closes while bytes come is what some tests are about.
  socket.on('error', () => {});
  socket.on('close', () => {
    isClosed = true;
  });
  if (firstBytes.length > 0) socket.write(firstBytes);
  return {
    socket,
    lines: () => messages,
    ended: () => waitFor(() => (isClosed ? (messages.at(-1) ?? {}) : null)),
    message: (type) => waitFor(() => messages.find((line) => line.type === type)),
  };
}
