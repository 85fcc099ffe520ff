import type { GenerationParameters } from '../../generation/parameters.ts';
import {
  createEditor,
  type EditorAction,
  type EditorState,
  reduceEditor,
} from '../components/text-editor/state.ts';
import { createHistory, type PromptHistory, travelHistory } from './prompt-history.ts';

export type PromptsState = {
  readonly focus: 'prompt' | 'negativePrompt';
  readonly prompt: EditorState;
  readonly negativePrompt: EditorState;
  readonly history: PromptHistory;
};

export function createPrompts(
  { prompt, negativePrompt }: Pick<GenerationParameters, 'prompt' | 'negativePrompt'>,
  history: readonly string[],
): PromptsState {
  return {
    focus: 'prompt',
    prompt: createEditor(prompt, { isMultiline: true }),
    negativePrompt: createEditor(negativePrompt, { isMultiline: true }),
    history: createHistory(history.filter((entry) => entry !== prompt)),
  };
}

export function switchEditor(state: PromptsState): PromptsState {
  return { ...state, focus: state.focus === 'prompt' ? 'negativePrompt' : 'prompt' };
}

/** Passes an action to the editor that has the cursor; `width` is what its text is wrapped to. */
export function editFocused(state: PromptsState, action: EditorAction, width: number): PromptsState {
  return { ...state, [state.focus]: reduceEditor(state[state.focus], action, width) };
}

/** Puts an earlier (`1`) or later (`-1`) prompt into the prompt editor; null when there is none. */
export function recallPrompt(state: PromptsState, by: 1 | -1, width: number): PromptsState | null {
  const step = travelHistory(state.history, by, state.prompt.text);
  if (step === null) return null;
  const prompt = reduceEditor(state.prompt, { type: 'replace', text: step.text }, width);
  return { ...state, focus: 'prompt', prompt, history: step.history };
}
