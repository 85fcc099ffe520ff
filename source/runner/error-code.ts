/** The system's short name for an error, such as ENOSPC; its own words where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
