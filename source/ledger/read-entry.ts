import type { Entry } from './entry.ts';

/** Reads a line of the side file; null for one that was cut short or that is none of ours. */
export function readEntry(line: string): Entry | null {
  try {
    const value: unknown = JSON.parse(line);
    return isEntry(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type Fields = { readonly [name: string]: unknown };

/** Looks at all that writing the entry relies on. */
function isEntry(value: unknown): value is Entry {
  if (!isObject(value) || !isTime(value.at)) return false;
  if (value.type === 'screen-left') return true;
  if (typeof value.run !== 'string' || !isCount(value.sequence)) return false;
  switch (value.type) {
    case 'run-begun':
    case 'run-continued':
      return typeof value.url === 'string';
    case 'run-ended':
      return true;
    case 'recorded':
      return (
        Array.isArray(value.notices) &&
        value.notices.every(isNotice) &&
        (value.memory === null || isObject(value.memory)) &&
        (value.saving === 'server' || value.saving === 'client')
      );
  }
  return false;
}

function isNotice(value: unknown): boolean {
  if (!isObject(value) || !isTime(value.at)) return false;
  switch (value.type) {
    case 'connected':
      return value.version === null || typeof value.version === 'string';
    case 'incident':
      return [value.kind, value.reason, value.action].every((text) => typeof text === 'string');
    case 'generation-started':
      return isGeneration(value.generation);
    case 'image':
      return (
        isGeneration(value.generation) &&
        typeof value.checkpoint === 'string' &&
        isNumber(value.durationMs) &&
        isImage(value.image)
      );
    case 'generation-finished':
      return (
        isGeneration(value.generation) &&
        ['finished', 'abandoned', 'given-up'].includes(String(value.outcome)) &&
        isCount(value.imageCount) &&
        isNumber(value.durationMs) &&
        isNumber(value.gpuIdleMs)
      );
    case 'failure':
      return (
        (value.generation === null || isGeneration(value.generation)) &&
        isObject(value.failure) &&
        typeof value.failure.kind === 'string' &&
        typeof value.failure.detail === 'string' &&
        (value.failure.httpStatus === undefined || isCount(value.failure.httpStatus)) &&
        (value.retryDelayMs === null || isNumber(value.retryDelayMs))
      );
  }
  return false;
}

function isGeneration(value: unknown): boolean {
  if (!isObject(value) || !isCount(value.id) || !isCount(value.firstSeed)) return false;
  const { checkpoint, parameters } = value;
  return (
    typeof checkpoint === 'string' &&
    isObject(parameters) &&
    typeof parameters.prompt === 'string' &&
    typeof parameters.negativePrompt === 'string' &&
    isCount(parameters.batchSize) &&
    isCount(parameters.batchCount)
  );
}

function isImage(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    [value.seed, value.width, value.height, value.byteCount].every(isCount) &&
    isTime(value.savedAt)
  );
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value);
}

function isTime(value: unknown): boolean {
  return isNumber(value);
}
