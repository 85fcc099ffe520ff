import { formatMoment } from '../../presentation/describe-link.ts';
import { formatDuration } from '../../presentation/durations.ts';
import type { RunnerLink } from '../../presentation/runner-link.ts';
import { type Area, insideOf } from '../areas.ts';
import type { ScreenView } from '../screen-store.ts';
import type { Role } from '../text/span.ts';
import type { Theme } from '../theme.ts';
import type { DrawnScreen } from './drawn-screen.ts';
import { paintRows, wrapRows } from './paint-rows.ts';

type Sentence = { readonly text: string; readonly role: Role };

/** Why there is no loop to show, and the key that goes on. */
export function drawWithoutRunner({ link, state, now }: ScreenView, area: Area, theme: Theme): DrawnScreen {
  const inside = insideOf(area);
  const half = { width: inside.width, height: Math.max(1, Math.floor(inside.height / 2)) };
  const sentences = sentencesOf(link, state.link?.since ?? now, now);
  const rows = sentences.flatMap(({ text, role }, index) => [
    ...(index === 0 ? [] : [[]]),
    ...wrapRows(text, role, half, theme),
  ]);
  return {
    panels: [
      {
        name: 'runner',
        title: [{ text: 'Runner' }],
        end: [],
        height: area.height,
        lines: paintRows(rows, inside.width, theme),
        isFocused: false,
      },
    ],
    cursor: null,
  };
}

function sentencesOf(link: RunnerLink, since: number, now: number): readonly Sentence[] {
  switch (link.kind) {
    case 'starting':
      return [
        { text: `The loop's runner is being started: ${formatDuration(now - since)}`, role: 'accent' },
        { text: 'It goes on in the background when you leave.', role: 'quiet' },
      ];
    case 'live':
      return [];
    case 'ended':
      return [
        { text: link.reason, role: 'plain' },
        { text: 'Press r to start the runner again.', role: 'strong' },
      ];
    case 'lost':
      return [
        { text: `The runner ended without a word at ${formatMoment(link.at, now)}.`, role: 'bad' },
        {
          text: 'When it is started again, what was in flight is looked for before anything is sent.',
          role: 'plain',
        },
        { text: 'Press r to start it again.', role: 'strong' },
      ];
    case 'refused':
      return [
        { text: link.reason, role: 'bad' },
        { text: 'Press q to leave.', role: 'strong' },
      ];
  }
}
