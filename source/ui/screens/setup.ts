import type { WebUi } from '../../generation/webui.ts';
import { cleanText } from '../../presentation/clean-text.ts';
import { formatCount } from '../../presentation/numbers.ts';
import { type Area, insideOf, listArea, promptAreas } from '../areas.ts';
import { drawForm } from '../components/parameters-form/draw.ts';
import { choicesFor } from '../components/parameters-form/fields.ts';
import { drawPicker } from '../components/picker/draw.ts';
import type { PickerItem } from '../components/picker/filter.ts';
import type { PickerState } from '../components/picker/state.ts';
import { drawEditor } from '../components/text-editor/draw.ts';
import { checkpointItems, nameItems } from '../setup/checkpoint-items.ts';
import { type SetupState, stepOf } from '../setup/setup-state.ts';
import { fitEnd, widthOf } from '../text/width.ts';
import type { Theme } from '../theme.ts';
import type { DrawnPanel, DrawnScreen } from './drawn-screen.ts';
import { paintRows, type Row, wrapRows } from './paint-rows.ts';

/** The step of the setup that is being made. */
export function drawSetup(setup: SetupState, webUi: WebUi, area: Area, theme: Theme): DrawnScreen {
  const progress = setup.steps.length > 1 ? `  step ${setup.stepIndex + 1} of ${setup.steps.length}` : '';
  switch (stepOf(setup)) {
    case 'checkpoint': {
      const none =
        'This WebUI has no checkpoint. Put a .safetensors file into its models/Stable-diffusion folder, then Ctrl-R.';
      const list = { title: `Checkpoint${progress}`, items: checkpointItems(webUi), whyEmpty: none };
      return drawList(setup.picker, list, area, theme);
    }
    case 'prompts':
      return drawPrompts(setup, progress, area, theme);
    case 'parameters':
      return drawParameters(setup, webUi, progress, area, theme);
  }
}

function drawList(
  picker: PickerState,
  list: { readonly title: string; readonly items: readonly PickerItem[]; readonly whyEmpty: string },
  area: Area,
  theme: Theme,
): DrawnScreen {
  const inside = insideOf(area);
  const { rows, matchCount } = drawPicker(picker, list.items, listArea(area), theme.glyphs);
  const filter = fitEnd(cleanText(picker.filter), inside.width - 3, theme.glyphs.ellipsis);
  const filterRow: Row = [
    { text: '/ ', role: 'accent' },
    picker.filter === '' ? { text: 'type to filter', role: 'quiet' } : { text: filter },
  ];
  const why =
    list.items.length === 0
      ? list.whyEmpty
      : `No name has "${picker.filter}" in it. Ctrl-U clears the filter.`;
  const body = matchCount > 0 ? rows : wrapRows(why, 'quiet', { width: inside.width, height: 4 }, theme);
  const count = picker.filter === '' ? '' : `${formatCount(matchCount)} of `;
  return {
    panels: [
      {
        name: 'list',
        title: [{ text: list.title }],
        end: [{ text: `${count}${formatCount(list.items.length)}`, role: 'quiet' }],
        height: area.height,
        lines: paintRows([filterRow, ...body], inside.width, theme),
        isFocused: true,
      },
    ],
    cursor: { x: 4 + (picker.filter === '' ? 0 : widthOf(filter)), y: 1 },
  };
}

function drawPrompts({ prompts }: SetupState, progress: string, area: Area, theme: Theme): DrawnScreen {
  const areas = promptAreas(area);
  const { position, entries } = prompts.history;
  const recalled = position === 0 ? '' : `earlier ${position} of ${entries.length}`;
  const prompt = drawPrompt(prompts, 'prompt', `Prompt${progress}`, recalled, areas.prompt, theme);
  const negative = drawPrompt(prompts, 'negativePrompt', 'Negative prompt', '', areas.negativePrompt, theme);
  const isUpper = prompts.focus === 'prompt';
  const { cursor } = isUpper ? prompt : negative;
  return {
    panels: [prompt.panel, negative.panel],
    cursor: { x: 2 + cursor.x, y: 1 + cursor.y + (isUpper ? 0 : areas.prompt.height) },
  };
}

function drawPrompt(
  prompts: SetupState['prompts'],
  which: 'prompt' | 'negativePrompt',
  title: string,
  remark: string,
  area: Area,
  theme: Theme,
): { readonly panel: DrawnPanel; readonly cursor: { readonly x: number; readonly y: number } } {
  const inside = insideOf(area);
  const drawn = drawEditor(prompts[which], inside.width, inside.height);
  const isFocused = prompts.focus === which;
  const hidden = drawn.hiddenAbove + drawn.hiddenBelow > 0 ? `${formatCount(drawn.lineCount)} lines` : '';
  const end = [remark, hidden].filter((text) => text !== '').join(', ');
  const isEmpty = prompts[which].text === '';
  const placeholder = which === 'prompt' ? 'What is to be seen' : 'What is not to be seen; may stay empty';
  const rows: Row[] = isEmpty
    ? [[{ text: placeholder, role: 'quiet' }]]
    : drawn.rows.map((text) => [{ text, role: isFocused ? 'plain' : 'quiet' }]);
  const panel: DrawnPanel = {
    name: which,
    title: [{ text: title }],
    end: end === '' ? [] : [{ text: end, role: 'quiet' }],
    height: area.height,
    lines: paintRows(rows, inside.width, theme),
    isFocused,
  };
  return { panel, cursor: drawn.cursor };
}

function drawParameters(
  { form }: SetupState,
  webUi: WebUi,
  progress: string,
  area: Area,
  theme: Theme,
): DrawnScreen {
  const inside = insideOf(area);
  if (form.picking !== null) {
    const { field, picker } = form.picking;
    const title = field === 'sampler' ? 'Sampler' : 'Scheduler';
    const items = nameItems(choicesFor(field, webUi) ?? []);
    return drawList(picker, { title, items, whyEmpty: 'The WebUI names none.' }, area, theme);
  }
  const { rows, cursor } = drawForm(form, webUi, theme.glyphs, inside.height);
  return {
    panels: [
      {
        name: 'parameters',
        title: [{ text: `Parameters${progress}` }],
        end: [],
        height: area.height,
        lines: paintRows(rows, inside.width, theme),
        isFocused: true,
      },
    ],
    cursor: cursor === null ? null : { x: 2 + cursor.x, y: 1 + cursor.y },
  };
}
