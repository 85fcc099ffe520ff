/**
 * What a WebUI's address asks for beside user and password. It is meant for that one address and sent to no other; headers are secret.
 */
export type Access = {
  /** Sent with each request, such as `authorization: Bearer ...` or what a proxy wants; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** What proves who we are where the server asks for it; null for nothing. Its key is secret. */
  readonly identity: ClientIdentity | null;
  /** PEM certificates of authorities that are trusted beside the usual ones; null for none. */
  readonly certificates: string | null;
  /** Whether any certificate is taken for good. */
  readonly isInsecure: boolean;
};

/** A client certificate and its private key, both PEM. */
export type ClientIdentity = { readonly certificate: string; readonly key: string };

export const plainAccess: Access = { headers: [], identity: null, certificates: null, isInsecure: false };
