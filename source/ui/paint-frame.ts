import { describeState } from '../presentation/describe-link.ts';
import { bodyArea, isTooSmall } from './areas.ts';
import { paintFooter } from './components/footer.ts';
import { paintHeader } from './components/header.ts';
import { paintMessageLine } from './components/message-line.ts';
import { paintPanel } from './components/panel.ts';
import { drawInputScreen } from './draw-input-screen.ts';
import type { Band, Frame } from './frame.ts';
import { footerBindings } from './key-bindings.ts';
import { questionText } from './questions.ts';
import type { ScreenView } from './screen-store.ts';
import { createMonitorPainter, filterCursor } from './screens/monitor.ts';
import { paintTooSmall } from './screens/too-small.ts';
import type { Theme } from './theme.ts';

/**
 * Paints the whole screen: header, body, message line and footer, exactly as many lines as the terminal has. From values alone and without
 * Ink, which is not loaded yet when the first frame is there.
 */
export function createFramePainter(theme: Theme): (view: ScreenView) => Frame {
  const paintMonitor = createMonitorPainter(theme);

  return (view) => {
    const { state, snapshot, link, columns, rows, now } = view;
    const linkSince = state.link?.since ?? now;
    if (isTooSmall(view)) {
      const look = { now, isAscii: theme.glyphs.isAscii, linkSince };
      const { glyph, word } = describeState(snapshot.status, link, look);
      const question = state.overlay === null ? null : questionText(state.overlay, snapshot, link);
      const text = paintTooSmall({ columns, rows, status: `${glyph} ${word}`, question }, theme);
      return { bands: [[{ name: 'too-small', text }]], cursor: null };
    }

    const body = bodyArea(view);
    const drawn = drawInputScreen(view, body, theme);
    const bands: Band[] =
      drawn === null
        ? paintMonitor({ snapshot, link, state: state.monitor, preview: view.preview, ...body, now })
        : drawn.panels.map(({ name, ...panel }) => [
            { name, text: paintPanel({ ...panel, width: columns }, theme) },
          ]);
    // The terminal's own cursor is where an input method shows what is being composed.
    const typing = drawn === null ? filterCursor(snapshot, state.monitor, body, theme) : drawn.cursor;
    const cursor = state.overlay === null && typing !== null ? { x: typing.x, y: typing.y + 1 } : null;
    const hasLoop = !state.isGalleryOnly;
    return {
      bands: [
        [
          {
            name: 'header',
            text: paintHeader({ snapshot, link, linkSince, hasLoop, width: columns, now }, theme),
          },
        ],
        ...bands,
        [
          {
            name: 'message',
            text: paintMessageLine({ state, snapshot, link, width: columns, now }, theme),
          },
        ],
        [{ name: 'footer', text: paintFooter(footerBindings(view), { snapshot, link }, columns, theme) }],
      ],
      cursor,
    };
  };
}
