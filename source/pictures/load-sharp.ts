let loading: Promise<Sharp | null> | null = null;

/** Null where its binary is not installed or does not fit the machine: everything but pictures works without. */
export function loadSharp(): Promise<Sharp | null> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Sharp | null> {
  try {
    const { default: sharp } = await import('sharp');
    // Each picture is decoded once, so that a cache of libvips would only hold memory, and a thread for each core as well.
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch {
    return null;
  }
}

export type Sharp = typeof import('sharp').default;
