import { describeState } from '../../presentation/describe-link.ts';
import { formatMinutes } from '../../presentation/durations.ts';
import { familyNames } from '../../presentation/family-names.ts';
import type { RunnerLink } from '../../presentation/runner-link.ts';
import { shownUrl } from '../../presentation/shown-url.ts';
import type { Snapshot } from '../../presentation/snapshot.ts';
import { paintLine, spansWidth } from '../text/paint.ts';
import type { Span } from '../text/span.ts';
import type { Glyphs, Theme } from '../theme.ts';

type HeaderFacts = {
  readonly snapshot: Snapshot;
  readonly link: RunnerLink;
  /** When the link became what it is, ms since epoch. */
  readonly linkSince: number;
  /** Without one there is no state to show. */
  readonly hasLoop: boolean;
  readonly width: number;
  readonly now: number;
};

/** The first line of every screen: the state at the left, the WebUI and the time spent generating at the right. */
export function paintHeader(
  { snapshot, link, linkSince, hasLoop, width, now }: HeaderFacts,
  theme: Theme,
): string {
  const { glyphs } = theme;
  const { glyph, word, detail, tone } = describeState(snapshot.status, link, {
    now,
    linkSince,
    isAscii: glyphs.isAscii,
  });
  const name: Span = { text: ' sdloop  ', role: 'strong' };
  const state: Span[] = hasLoop ? [name, { text: `${glyph} ${word}`, role: tone }] : [name];
  if (hasLoop && detail !== '') state.push({ text: ` ${detail}`, role: tone });
  return paintEnds(state, endsOf(snapshot, glyphs), width, theme);
}

function paintEnds(
  left: readonly Span[],
  ends: readonly (readonly Span[])[],
  width: number,
  theme: Theme,
): string {
  const room = width - spansWidth(left) - 2;
  const end = ends.find((spans) => spansWidth(spans) <= room) ?? [];
  const endWidth = Math.min(spansWidth(end), width);
  return paintLine(left, width - endWidth, theme) + paintLine(end, endWidth, theme);
}

/** What may stand at the right, the fullest first; the widest that fits is shown. */
function endsOf(snapshot: Snapshot, glyphs: Glyphs): Span[][] {
  const { url, webUi, isDemo, throughput } = snapshot;
  const elapsed: Span[] =
    throughput.activeMs >= 60_000
      ? [{ text: `   ${formatMinutes(throughput.activeMs)} `, role: 'strong' }]
      : [{ text: ' ' }];
  const address: Span = { text: shownUrl(url), role: 'quiet' };
  const server = webUi === null ? '' : [familyNames[webUi.family], webUi.version ?? ''].join(' ').trim();
  const name = isDemo ? 'demo: built-in WebUI' : server;
  const mark: Span[] = isDemo ? [{ text: 'demo', role: 'warning' }] : [];
  const dot: Span = { text: ` ${glyphs.bullet} `, role: 'quiet' };
  const full: Span[] =
    name === '' ? [address] : [address, dot, { text: name, role: isDemo ? 'warning' : 'quiet' }];
  return [
    [...full, ...elapsed],
    [address, ...(isDemo ? [dot, ...mark] : []), ...elapsed],
    [...mark, ...elapsed],
    elapsed,
  ];
}
