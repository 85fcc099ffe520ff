/**
 * What a WebUI's address asks for beside user and password. It is meant for that one address and sent to no other; headers are secret.
 */
export type Access = {
  /** Sent with each request, such as `authorization: Bearer ...` or what a proxy wants; names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** PEM certificates of authorities that are trusted beside the usual ones; null for none. */
  readonly certificates: string | null;
  /** Whether any certificate is taken for good. */
  readonly isInsecure: boolean;
};

export const plainAccess: Access = { headers: [], certificates: null, isInsecure: false };
