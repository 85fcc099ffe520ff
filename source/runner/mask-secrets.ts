/** Options of a WebUI whose value is a secret, such as `--api-auth user:pass`, which A1111 prints when it starts. */
const secretOption = /(--?[\w-]*(?:auth|token|secret|password|passwd|api-?key)[\w-]*["']?[\s=:,]+)(?!-)\S+/gi;

/** `https://user:pass@host`, and `password=...` or `HF_TOKEN: ...` as they stand in logs. */
const credentialsInUrl = /(\w:\/\/)[^\s/@]+@/g;
const assignment = /(\b\w*(?:token|secret|password|passwd|api_?key)["']?\s*[=:]\s*)\S+/gi;

/** Replaces what looks like a secret in the words of another program. */
export function maskSecrets(words: string): string {
  return words
    .replace(secretOption, '$1***')
    .replace(credentialsInUrl, '$1***@')
    .replace(assignment, '$1***');
}
