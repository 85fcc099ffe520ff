import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { type Access, plainAccess } from '../generation/access.ts';
import { readAuthFile } from './auth-file.ts';
import { readClientIdentity } from './client-identity.ts';
import { readHeaderLines } from './header-lines.ts';
import type { Reading } from './read-text.ts';
import type { Settings } from './schema.ts';

/** What the settings say of how to be let in. */
export type Credentials = {
  /** `user:password`, or null. */
  readonly auth: string | null;
  /** Null when there is nothing of it. */
  readonly access: Access | null;
};

/** Reads the settings and the files that they name; what is wrong is a whole sentence without any secret in it. */
export function readAccess(settings: Settings): Reading<Credentials> {
  const { token, authFile, caFile, clientCert, clientKey, insecure = false } = settings;
  const file = authFile === undefined ? null : readAuthFile(authFile);
  if (file?.ok === false) return file;
  const certificates = caFile === undefined ? null : readCertificates(caFile);
  if (certificates?.ok === false) return certificates;
  if (clientCert === undefined && clientKey !== undefined) {
    return { ok: false, message: '--client-key is the key of a certificate: add --client-cert.' };
  }
  const identity = clientCert === undefined ? null : readClientIdentity(clientCert, clientKey);
  if (identity?.ok === false) return identity;
  const headers = [
    ...(file?.value.headers ?? []),
    ...(token === undefined ? [] : [['authorization', `Bearer ${token}`] as const]),
    ...(readHeaderLines(settings.headers ?? '') ?? []),
  ];
  const auth = file?.value.auth ?? settings.auth ?? null;
  const isTwofold = headers.filter(([name]) => name === 'authorization').length + (auth === null ? 0 : 1) > 1;
  if (isTwofold) {
    const message =
      'A request can carry one of user and password, a token and an Authorization header: give one of them.';
    return { ok: false, message };
  }
  const access = {
    headers,
    identity: identity?.value ?? null,
    certificates: certificates?.value ?? null,
    isInsecure: insecure,
  };
  return { ok: true, value: { auth, access: isDeepStrictEqual(access, plainAccess) ? null : access } };
}

/** A bundle of all public authorities takes 200 kB. */
const mostBytes = 4 * 2 ** 20;

function readCertificates(path: string): Reading<string> {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length <= mostBytes && text.includes('-----BEGIN CERTIFICATE-----'))
      return { ok: true, value: text };
    return { ok: false, message: `The CA file ${path} holds no certificate: it must be a PEM file.` };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return {
      ok: false,
      message: `The CA file ${path} cannot be read (${code}): name one that can with --ca-file.`,
    };
  }
}
