import { Box, useApp, useCursor, useInput, usePaste } from 'ink';
import { type ReactElement, useEffect, useSyncExternalStore } from 'react';
import { describeState } from '../presentation/describe-link.ts';
import { bodyArea, smallestTerminal } from './areas.ts';
import { Footer } from './components/footer.tsx';
import { Header } from './components/header.tsx';
import { MessageLine } from './components/message-line.tsx';
import { drawInputScreen } from './draw-input-screen.ts';
import { footerBindings } from './key-bindings.ts';
import { readKeys } from './keys/key-press.ts';
import { questionText } from './questions.ts';
import type { ScreenStore } from './screen-store.ts';
import { InputScreen } from './screens/input-screen.tsx';
import { filterCursor, MonitorScreen } from './screens/monitor.tsx';
import { TooSmall } from './screens/too-small.tsx';
import { useTheme } from './theme.ts';

/** What only Ink can do with the terminal. */
export type TerminalControls = {
  /** Gives the terminal back for as long as the promise lasts. */
  suspend(until: () => Promise<void>): Promise<void>;
  exit(error?: Error): void;
};

type AppProps = {
  readonly store: ScreenStore;
  /** Called once, with the way to leave. */
  readonly onReady: (controls: TerminalControls) => void;
};

/** The whole screen: header, body, message line and footer, exactly as many lines as the terminal has. */
export function App({ store, onReady }: AppProps): ReactElement {
  const view = useSyncExternalStore(store.subscribe, store.getView);
  const { state, snapshot, link, columns, rows, now } = view;
  const theme = useTheme();
  const { suspendTerminal, exit } = useApp();
  const { setCursorPosition } = useCursor();

  useEffect(() => {
    onReady({ suspend: suspendTerminal, exit });
  }, [onReady, suspendTerminal, exit]);
  useInput((input, key) => {
    for (const press of readKeys(input, key)) store.handle({ type: 'key', key: press });
  });
  usePaste((text) => store.handle({ type: 'paste', text }));

  const linkSince = state.link?.since ?? now;
  const isTooSmall = columns < smallestTerminal.columns || rows < smallestTerminal.rows;
  const body = bodyArea({ columns, rows });
  const drawn = isTooSmall ? null : drawInputScreen(view, body, theme);
  // The terminal's own cursor is where an input method shows what is being composed.
  const typing = drawn === null ? filterCursor(snapshot, state.monitor, body, theme) : drawn.cursor;
  const cursor = state.overlay === null && !isTooSmall ? typing : null;
  setCursorPosition(cursor === null ? undefined : { x: cursor.x, y: cursor.y + 1 });

  if (isTooSmall) {
    const look = { now, isAscii: theme.glyphs.isAscii, linkSince };
    const { glyph, word } = describeState(snapshot.status, link, look);
    const question = state.overlay === null ? null : questionText(state.overlay, snapshot, link);
    return <TooSmall columns={columns} rows={rows} status={`${glyph} ${word}`} question={question} />;
  }
  return (
    <Box flexDirection="column">
      <Header
        snapshot={snapshot}
        link={link}
        linkSince={linkSince}
        hasLoop={!state.isGalleryOnly}
        width={columns}
        now={now}
      />
      {drawn === null ? (
        <MonitorScreen
          snapshot={snapshot}
          link={link}
          state={state.monitor}
          preview={view.preview}
          {...body}
          now={now}
        />
      ) : (
        <InputScreen drawn={drawn} width={columns} />
      )}
      <MessageLine state={state} snapshot={snapshot} link={link} width={columns} now={now} />
      <Footer bindings={footerBindings(view)} snapshot={snapshot} link={link} width={columns} />
    </Box>
  );
}
