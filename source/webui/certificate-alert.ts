/**
 * What a server says about our certificate by a TLS alert, as the end of a sentence; null for any other error. With TLS 1.3 it comes only once
 * the connection is there.
 */
export function certificateAlert(code: string | undefined): string | null {
  if (code === undefined) return null;
  return alerts[code.replace(/^ERR_SSL_(?:TLSV1[0-9]?|SSLV3|SSL\/TLS)_ALERT_/, '')] ?? null;
}

const alerts: Readonly<Record<string, string>> = {
  CERTIFICATE_REQUIRED: 'it wants a client certificate',
  // TLS 1.2 has no alert of its own for one that is missing.
  HANDSHAKE_FAILURE: 'it breaks the handshake off, as one does that wants a client certificate',
  BAD_CERTIFICATE: 'it does not take this client certificate',
  UNSUPPORTED_CERTIFICATE: 'it does not take client certificates of this kind',
  CERTIFICATE_REVOKED: 'the client certificate was revoked',
  CERTIFICATE_EXPIRED: 'the client certificate has expired',
  CERTIFICATE_UNKNOWN: 'it does not know this client certificate',
  UNKNOWN_CA: 'it does not know who signed this client certificate',
  ACCESS_DENIED: 'this client certificate has no access',
};
