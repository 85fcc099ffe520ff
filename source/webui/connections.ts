import type { Socket } from 'node:net';
import { getCACertificates } from 'node:tls';
import { buildConnector, errors, Pool } from 'undici';
import type { Access } from '../generation/access.ts';

export type ConnectionLimits = {
  /** Longest wait for a connection, ms. */
  readonly connectTimeoutMs: number;
  /** Most bytes that one answer may have. */
  readonly answerByteLimit: number;
  /** Which certificates are trusted, and which one is ours. */
  readonly trust: Pick<Access, 'certificates' | 'isInsecure' | 'identity'>;
};

/** Marks an error as having come before there was a connection: then the WebUI cannot have seen the request. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
}

/**
 * Connections that are kept and reused, for questions that may be asked again.
 * Few, because each parked request holds one of the WebUI's 40 threads (webui-api.md 1).
 */
export function openReusedConnections(origin: string, limits: ConnectionLimits): Pool {
  return new Pool(origin, { ...shared(limits), connections: 4, pipelining: 1 });
}

/**
 * One new connection for each request, for what must not happen twice: txt2img, interrupt, skip.
 * uvicorn closes idle connections after 5 s (webui-api.md 1), and a reset on a reused one cannot be told from a WebUI that died
 * after it had begun to work. On a new one a reset always means the second, so nothing is ever sent again on a guess.
 */
export function openSingleUseConnections(origin: string, limits: ConnectionLimits): Pool {
  return new Pool(origin, { ...shared(limits), connections: null, pipelining: 0 });
}

function shared({ connectTimeoutMs, answerByteLimit, trust }: ConnectionLimits): Pool.Options {
  return {
    connect: connectorThatMarksErrors(connectTimeoutMs, trust),
    // A generation may take an hour; each exchange brings its own deadline where it has one.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: answerByteLimit,
  };
}

function connectorThatMarksErrors(
  timeout: number,
  { certificates, isInsecure, identity }: ConnectionLimits['trust'],
): buildConnector.connector {
  // Keep-alive probes keep NAT tables warm during a long generation and find a peer that lost its power.
  const connect = buildConnector({
    // undici's own timer would wake the process once more half a second after each connection.
    timeout: 0,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
    allowH2: false,
    // What is given here replaces the authorities that Node would trust by itself.
    ...(certificates === null ? {} : { ca: [...getCACertificates('default'), certificates] }),
    ...(identity === null ? {} : { cert: identity.certificate, key: identity.key }),
    ...(isInsecure ? { rejectUnauthorized: false } : {}),
  });
  return (options, callback) => {
    // It returns the socket, which its type does not tell.
    const socket = connect(options, (...outcome) => {
      clearTimeout(timer);
      if (outcome[0]) {
        callback(new ConnectError(outcome[0].message, { cause: outcome[0] }), null);
        return;
      }
      // An alert of TLS 1.3 is followed by the end of the connection, for which undici would take it.
      outcome[1].once('error', () => outcome[1].destroy());
      callback(...outcome);
    }) as unknown as Socket;
    const late = () => socket.destroy(new errors.ConnectTimeoutError(`No connection within ${timeout} ms`));
    const timer = setTimeout(late, timeout);
  };
}
