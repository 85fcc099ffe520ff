import { describeFailure } from '../../presentation/describe-failure.ts';
import { formatDuration } from '../../presentation/durations.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import type { LoopStatus, Snapshot } from '../../presentation/snapshot.ts';
import { type Area, insideOf } from '../areas.ts';
import { drawField } from '../components/text-editor/draw.ts';
import type { AddressForm } from '../screen-state.ts';
import type { ScreenView } from '../screen-store.ts';
import type { Theme } from '../theme.ts';
import type { DrawnScreen } from './drawn-screen.ts';
import { paintRows, type Row, wrapRows } from './paint-rows.ts';
import { drawWithoutRunner } from './without-runner.ts';

/** What is being tried, for how long, what came of it and what to do about it. */
export function drawConnect(view: ScreenView, area: Area, theme: Theme): DrawnScreen {
  const { snapshot, link, now } = view;
  if (link.kind !== 'live') return drawWithoutRunner(view, area, theme);
  const inside = insideOf(area);
  const rows: Row[] = [
    [
      { text: 'WebUI  ', role: 'quiet' },
      { text: shownUrl(snapshot.url), role: 'strong' },
    ],
    [],
    ...statusRows(snapshot, { width: inside.width, height: Math.max(1, inside.height - 4) }, theme, now),
  ];
  const lines = paintRows(rows, inside.width, theme);
  return {
    panels: [
      {
        name: 'connecting',
        title: [{ text: 'Connecting' }],
        end: [],
        height: area.height,
        lines,
        isFocused: false,
      },
    ],
    cursor: null,
  };
}

function statusRows({ status, url, isDemo }: Snapshot, area: Area, theme: Theme, now: number): Row[] {
  const failure = failureOf(status);
  const role = status.kind === 'needs-you' ? 'strong' : 'accent';
  const trying: Row[] = wrapRows(tryingText(status, now), role, area, theme);
  if (failure === null) return trying;
  const { what, todo } = describeFailure(failure, { url, willRetry: status.kind === 'retrying' });
  const half = { width: area.width, height: Math.max(1, Math.floor(area.height / 3)) };
  return [
    ...wrapRows(what, 'warning', half, theme),
    ...wrapRows(todo, 'plain', half, theme),
    ...wrapRows('Press u for another address, user or password, r to try now.', 'plain', half, theme),
    [],
    ...trying,
    ...(failure.kind === 'unreachable' && !isDemo ? [[], ...demoRows(area, theme)] : []),
  ];
}

function demoRows(area: Area, theme: Theme): Row[] {
  const text = 'No WebUI at hand? `sdloop --demo` brings one that draws without a GPU.';
  return wrapRows(text, 'quiet', { width: area.width, height: 2 }, theme);
}

function failureOf(status: LoopStatus) {
  if (status.kind === 'restarting') return status.reason;
  return status.kind === 'retrying' || status.kind === 'needs-you' ? status.failure : null;
}

function tryingText(status: LoopStatus, now: number): string {
  switch (status.kind) {
    case 'connecting': {
      const attempt = status.attemptCount > 1 ? `attempt ${status.attemptCount}, ` : '';
      return `Asking who is there: ${attempt}${formatDuration(now - status.since)}`;
    }
    case 'retrying': {
      const waitMs = status.nextAttemptAt - now;
      const attempts = status.attemptCount === 1 ? '1 attempt' : `${status.attemptCount} attempts`;
      return `${waitMs > 500 ? `Next try in ${formatDuration(waitMs)}` : 'Trying now'}, after ${attempts}`;
    }
    case 'restarting':
      return `Restarting the WebUI: ${formatDuration(now - status.since)}`;
    case 'needs-you':
      return 'It is not tried again by itself.';
    case 'idle':
    case 'generating':
    case 'pausing':
    case 'paused':
    case 'stopping':
    case 'stopped':
      return 'Connected.';
  }
}

/** The form for another address. */
export function drawAddress(form: AddressForm, area: Area, theme: Theme): DrawnScreen {
  const inside = insideOf(area);
  const labelWidth = 16;
  const width = inside.width - labelWidth;
  const url = drawField(form.url, width);
  const auth = drawField(form.auth, width, theme.glyphs.bullet);
  const label = (text: string, isFocused: boolean): Row[0] => ({
    text: `${isFocused ? theme.glyphs.pointer : ' '} ${text}`.padEnd(labelWidth),
    role: isFocused ? 'accent' : 'quiet',
  });
  const rows: Row[] = [
    [label('Address', form.focus === 'url'), { text: url.row }],
    [label('User:password', form.focus === 'auth'), { text: auth.row }],
    [],
    ...wrapRows(
      'Like http://127.0.0.1:7860. User and password only where the WebUI was started with `--api-auth`.',
      'quiet',
      { width: inside.width, height: 3 },
      theme,
    ),
  ];
  const focused = form.focus === 'url' ? url : auth;
  return {
    panels: [
      {
        name: 'address',
        title: [{ text: 'Address of the WebUI' }],
        end: [],
        height: area.height,
        lines: paintRows(rows, inside.width, theme),
        isFocused: true,
      },
    ],
    cursor: { x: 2 + labelWidth + focused.cursorX, y: form.focus === 'url' ? 1 : 2 },
  };
}
