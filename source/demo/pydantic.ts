/** What reading one value of a request body came to: the value, or pydantic 2's complaint (captures/forge/62 to 71). */
export type Reading<T> = { readonly value: T } | { readonly type: string; readonly msg: string };

/** Reads one kind of value as pydantic 2 does when it is not strict: numeric text counts as a number. */
export type Reader<T> = (input: unknown) => Reading<T>;

const complaints = {
  int_type: 'Input should be a valid integer',
  int_parsing: 'Input should be a valid integer, unable to parse string as an integer',
  int_from_float: 'Input should be a valid integer, got a number with a fractional part',
  float_type: 'Input should be a valid number',
  float_parsing: 'Input should be a valid number, unable to parse string as a number',
  bool_type: 'Input should be a valid boolean',
  bool_parsing: 'Input should be a valid boolean, unable to interpret input',
  string_type: 'Input should be a valid string',
  list_type: 'Input should be a valid list',
  dict_type: 'Input should be a valid dictionary',
};

function complain(type: keyof typeof complaints): { type: string; msg: string } {
  return { type, msg: complaints[type] };
}

export const readInteger: Reader<number> = (input) => {
  if (typeof input === 'boolean') return { value: Number(input) };
  if (typeof input === 'number')
    return Number.isInteger(input) ? { value: input } : complain('int_from_float');
  if (typeof input !== 'string') return complain('int_type');
  return /^\s*[+-]?\d+(\.0*)?\s*$/.test(input) ? { value: Number(input) } : complain('int_parsing');
};

export const readNumber: Reader<number> = (input) => {
  if (typeof input === 'boolean' || typeof input === 'number') return { value: Number(input) };
  if (typeof input !== 'string') return complain('float_type');
  const value = Number(input);
  return input.trim() !== '' && !Number.isNaN(value) ? { value } : complain('float_parsing');
};

export const readBoolean: Reader<boolean> = (input) => {
  if (typeof input === 'boolean') return { value: input };
  if (typeof input !== 'number' && typeof input !== 'string') return complain('bool_type');
  const word = String(input).toLowerCase();
  if (['1', 'true', 't', 'yes', 'y', 'on'].includes(word)) return { value: true };
  if (['0', 'false', 'f', 'no', 'n', 'off'].includes(word)) return { value: false };
  return complain('bool_parsing');
};

export const readText: Reader<string> = (input) =>
  typeof input === 'string' ? { value: input } : complain('string_type');

export const readList: Reader<readonly unknown[]> = (input) =>
  Array.isArray(input) ? { value: input } : complain('list_type');

export const readObject: Reader<Readonly<Record<string, unknown>>> = (input) =>
  isObject(input) ? { value: input } : complain('dict_type');

/** Whether a JSON value is an object, neither a list nor null. */
export function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}
