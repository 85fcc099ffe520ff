/** Null where its binary is not installed or does not fit the machine: a run is worth more than what it is wanted for. */
export async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch {
    return null;
  }
}
