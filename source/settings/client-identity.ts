import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClientIdentity } from '../generation/access.ts';
import { readPrivateFile } from './private-file.ts';
import type { Reading } from './read-text.ts';

/** A chain of certificates takes some kB. */
const mostBytes = 2 ** 20;

/**
 * Reads a client certificate and its key, both PEM; without a key file the key is looked for behind the certificate. What is wrong is a
 * whole sentence, and nothing of the key is in it.
 */
export function readClientIdentity(
  certificatePath: string,
  keyPath: string | undefined,
): Reading<ClientIdentity> {
  const certificate = readCertificate(certificatePath);
  if (!certificate.ok) return certificate;
  const key = readPrivateFile(keyPath ?? certificatePath, {
    name: keyPath === undefined ? 'client certificate with its key' : 'client key',
    flag: '--client-key',
    mostBytes,
  });
  if (!key.ok) return key;
  const parsed = parseKey(key.value, keyPath ?? certificatePath);
  if (!parsed.ok) return parsed;
  if (!certificate.value.parsed.checkPrivateKey(parsed.value)) {
    const where = keyPath === undefined ? 'behind it' : `in ${keyPath}`;
    return refuse(
      `The key ${where} is not the one of the client certificate ${certificatePath}: give the two that were made together.`,
    );
  }
  return { ok: true, value: { certificate: certificate.value.text, key: key.value } };
}

function readCertificate(path: string): Reading<{ readonly text: string; readonly parsed: X509Certificate }> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return refuse(
      `The client certificate ${path} cannot be read (${code}): name one that can with --client-cert.`,
    );
  }
  try {
    if (text.length <= mostBytes && text.includes('-----BEGIN CERTIFICATE-----'))
      return { ok: true, value: { text, parsed: new X509Certificate(text) } };
  } catch {
    // The reason is OpenSSL's own, and says less than what is wanted.
  }
  return refuse(`The client certificate ${path} holds no certificate: it must be a PEM file.`);
}

function parseKey(text: string, path: string): Reading<KeyObject> {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: *4,ENCRYPTED/.test(text)) {
    return refuse(
      `The key in ${path} is protected by a passphrase, which nobody could type at night: keep it without one, as \`openssl pkey -in FILE -out FILE\` writes it, chmod 600.`,
    );
  }
  try {
    return { ok: true, value: createPrivateKey(text) };
  } catch {
    return refuse(`There is no private key in ${path}: name its PEM file with --client-key.`);
  }
}

function refuse(message: string): Reading<never> {
  return { ok: false, message };
}
