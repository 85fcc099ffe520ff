import type { SQLOutputValue } from 'node:sqlite';

/** A row as SQLite answers it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** A column that holds a number in every row; throws where the schema says otherwise. */
export function numberAt(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === 'number') return value;
  throw new TypeError(`The ledger's column ${column} holds no number.`);
}

/** A column that holds text in every row; throws where the schema says otherwise. */
export function textAt(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === 'string') return value;
  throw new TypeError(`The ledger's column ${column} holds no text.`);
}

export function numberOrNullAt(row: Row, column: string): number | null {
  return row[column] === null ? null : numberAt(row, column);
}

export function textOrNullAt(row: Row, column: string): string | null {
  return row[column] === null ? null : textAt(row, column);
}
