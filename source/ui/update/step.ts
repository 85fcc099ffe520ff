import type { WebUi } from '../../generation/webui.ts';
import type { StepAction } from '../keys/setup-bindings.ts';
import type { SetupState } from '../setup/setup-state.ts';

/** What a step of the setup is handed besides the key. */
export type StepContext = {
  readonly webUi: WebUi;
  /** Rows of a list on the screen. */
  readonly pageSize: number;
  /** Columns that prompts are wrapped to. */
  readonly wrapWidth: number;
};

/** What a key came to within its step: another state of it, words, or a wish that concerns the whole setup. */
export type StepResult =
  | { readonly kind: 'setup'; readonly setup: SetupState; readonly note?: string }
  | { readonly kind: StepAction | 'refresh'; readonly setup: SetupState };
