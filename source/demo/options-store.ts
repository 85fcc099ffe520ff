import { PythonError } from './reply.ts';

/** Puts overridden options back; a no-op for those that the WebUI forgets to restore. */
export type Restore = () => void;

/** The WebUI's settings: what was ever set, over the defaults. */
export class OptionsStore {
  readonly #defaults: Readonly<Record<string, unknown>>;
  readonly #isStrict: boolean;
  readonly #set = new Map<string, unknown>();

  constructor(family: {
    readonly options: Readonly<Record<string, unknown>>;
    readonly isStrictAboutOptions: boolean;
  }) {
    this.#defaults = family.options;
    this.#isStrict = family.isStrictAboutOptions;
  }

  /** The flat object of `GET /sdapi/v1/options`. */
  all(): Record<string, unknown> {
    return { ...this.#defaults, ...Object.fromEntries(this.#set) };
  }

  get(key: string): unknown {
    return this.#set.has(key) ? this.#set.get(key) : this.#defaults[key];
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#defaults, key);
  }

  /** A key that no option has raises KeyError in A1111, and is passed over where the family is not strict. */
  set(key: string, value: unknown): void {
    if (this.has(key)) this.#set.set(key, value);
    else if (this.#isStrict) throw new PythonError('KeyError', `'${key}'`);
  }

  /**
   * Sets options for one generation. One that was never set before is not restored and stays for everybody: A1111's own leak
   * (webui-api.md 13.3).
   */
  override(overrides: Readonly<Record<string, unknown>>): Restore {
    const before = Object.keys(overrides)
      .filter((key) => this.#set.has(key))
      .map((key) => [key, this.#set.get(key)] as const);
    for (const [key, value] of Object.entries(overrides)) this.set(key, value);
    return () => {
      for (const [key, value] of before) this.#set.set(key, value);
    };
  }
}
