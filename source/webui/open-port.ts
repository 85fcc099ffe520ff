import { connect } from 'node:net';

/** Whether something takes TCP connections at the address before the signal ends the wait; nothing is sent. */
export function isPortOpen(url: string, signal: AbortSignal): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({
    // `URL` keeps the brackets of an IPv6 address.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
    signal,
  });
  socket.once('connect', () => settle(true));
  socket.once('error', () => settle(false));
  return promise;

  function settle(isOpen: boolean): void {
    socket.destroy();
    resolve(isOpen);
  }
}
