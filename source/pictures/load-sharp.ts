/** Null where its binary is not installed or does not fit the machine: everything but pictures works without. */
export async function loadSharp() {
  try {
    return (await import('sharp')).default;
  } catch {
    return null;
  }
}

export type Sharp = NonNullable<Awaited<ReturnType<typeof loadSharp>>>;
