import { Box, Text, useApp, useCursor, useInput, usePaste } from 'ink';
import { memo, type ReactElement, useEffect, useSyncExternalStore } from 'react';
import type { Block, Frame } from './frame.ts';
import { readKeys } from './keys/key-press.ts';
import type { ScreenStore, ScreenView } from './screen-store.ts';

/** What only Ink can do with the terminal. */
export type TerminalControls = {
  /** Gives the terminal back for as long as the promise lasts. */
  suspend(until: () => Promise<void>): Promise<void>;
  exit(error?: Error): void;
};

export type AppProps = {
  readonly store: ScreenStore;
  readonly paint: (view: ScreenView) => Frame;
  /** Called once, with the way to leave. */
  readonly onReady: (controls: TerminalControls) => void;
};

/** The whole screen as Ink sees it: a frame that is painted already, its keys and its cursor. */
export function App({ store, paint, onReady }: AppProps): ReactElement {
  const frame = paint(useSyncExternalStore(store.subscribe, store.getView));
  const { suspendTerminal, exit } = useApp();
  const { setCursorPosition } = useCursor();

  useEffect(() => {
    onReady({ suspend: suspendTerminal, exit });
  }, [onReady, suspendTerminal, exit]);
  useInput((input, key) => {
    for (const press of readKeys(input, key)) store.handle({ type: 'key', key: press });
  });
  usePaste((text) => store.handle({ type: 'paste', text }));
  setCursorPosition(frame.cursor ?? undefined);

  return (
    <Box flexDirection="column">
      {frame.bands.map((band) =>
        band.length === 1 ? (
          band.map(toText)
        ) : (
          <Box key={band.map(({ name }) => name).join()}>{band.map(toText)}</Box>
        ),
      )}
    </Box>
  );
}

function toText({ name, text }: Block): ReactElement {
  return <PaintedText key={name} text={text} />;
}

/** A block as a single text node: boxes in boxes are what makes Ink slow. */
const PaintedText = memo(function PaintedText({ text }: { readonly text: string }): ReactElement {
  return <Text wrap="truncate">{text}</Text>;
});
