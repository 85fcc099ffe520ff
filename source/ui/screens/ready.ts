import { formatSeedChoice } from '../../generation/seed.ts';
import type { WebUi } from '../../generation/webui.ts';
import type { Plan } from '../../plan/plan.ts';
import { type Area, insideOf } from '../areas.ts';
import type { Span } from '../text/span.ts';
import { wrapText } from '../text/wrap.ts';
import type { Theme } from '../theme.ts';
import type { DrawnScreen } from './drawn-screen.ts';
import { paintRows, type Row, wrapRows } from './paint-rows.ts';

const labelWidth = 17;

/** What one key generates again, all of it, so that nobody has to remember. */
export function drawReady(
  { plan, changes }: { readonly plan: Plan; readonly changes: readonly string[] },
  webUi: WebUi | null,
  area: Area,
  theme: Theme,
): DrawnScreen {
  const inside = insideOf(area);
  const promptHeight = Math.max(1, Math.min(6, Math.floor((inside.height - 6) / 2)));
  const { parameters } = plan;
  const row = (label: string, text: string, height: number, role: Span['role'] = 'plain'): Row[] =>
    labelled(label, text, { width: inside.width - labelWidth, height }, role, theme);
  const rows: Row[] = [
    ...row('Checkpoint', plan.checkpoint, 1, 'strong'),
    ...row('Prompt', parameters.prompt || '(empty)', promptHeight),
    ...row('Negative prompt', parameters.negativePrompt || '(empty)', Math.max(1, promptHeight - 1), 'quiet'),
    ...row('Images', imagesText(plan, webUi, theme), 2),
    ...row('Seed', formatSeedChoice(plan.seed), 1),
    ...changes.flatMap((change) => wrapRows(change, 'warning', { width: inside.width, height: 2 }, theme)),
    [],
    [
      { text: theme.glyphs.isAscii ? 'Enter' : '↵', role: 'accent' },
      { text: ' generates this again, for ever.', role: 'accent' },
    ],
  ];
  const lines = paintRows(rows, inside.width, theme);
  return {
    panels: [
      { name: 'ready', title: [{ text: 'Once more' }], end: [], height: area.height, lines, isFocused: true },
    ],
    cursor: null,
  };
}

function labelled(label: string, text: string, area: Area, role: Span['role'], theme: Theme): Row[] {
  const lines = wrapText(text, area.width, area.height, theme.glyphs.ellipsis);
  return lines.map((line, index) => [
    { text: (index === 0 ? label : '').padEnd(labelWidth), role: 'quiet' },
    { text: line, role: role ?? 'plain' },
  ]);
}

function imagesText({ parameters, goal }: Plan, webUi: WebUi | null, { glyphs }: Theme): string {
  const { width, height, batchSize, batchCount, steps, sampler, scheduler, cfgScale, restoreFaces } =
    parameters;
  return [
    `${width}x${height}`,
    batchCount === 1 ? `${batchSize} at a time` : `${batchCount} batches of ${batchSize}`,
    `${steps} steps`,
    [sampler, scheduler].filter(Boolean).join(' '),
    `CFG ${cfgScale}`,
    restoreFaces && webUi?.hasFaceRestoration !== false ? 'restore faces' : '',
    goal === null ? '' : `until ${goal.count} images`,
  ]
    .filter((part) => part !== '')
    .join(` ${glyphs.bullet} `);
}
