import { EventEmitter } from 'node:events';

/** A terminal's end of stdout that keeps what is written, and says that it was taken when it is told to. */
export class TerminalStream extends EventEmitter {
  columns: number;
  rows: number;
  readonly isTTY = true;
  #written = '';
  #callbacks: (() => void)[] = [];
  /** Whether writes are taken at once. */
  isQuick = true;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }

  write(text: string, callback?: () => void): boolean {
    this.#written += text;
    if (callback) this.#callbacks.push(callback);
    if (this.isQuick) this.takeAll();
    return true;
  }

  takeAll(): void {
    for (const callback of this.#callbacks.splice(0)) setImmediate(callback);
  }

  /** What was written since the last time. */
  take(): string {
    const text = this.#written;
    this.#written = '';
    return text;
  }

  resizeTo(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emit('resize');
  }

  asStdout(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }
}
