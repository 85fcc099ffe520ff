import { setImmediate as turn } from 'node:timers/promises';
import { Box, render, Text } from 'ink';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { createPictureMaker } from '../../source/pictures/make-picture.ts';
import { createPictureLayer } from '../../source/pictures/picture-layer.ts';
import type { PictureProtocol } from '../../source/pictures/picture-protocol.ts';
import { createScreenOutput } from '../../source/ui/terminal/screen-output.ts';
import { PictureTerminalEmulator } from '../helpers/picture-terminal.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { made, terminalOf } from './pictures-in-test.ts';

const columns = 50;
const rows = 12;

function Screen({ tick, isAsking }: { tick: number; isAsking: boolean }) {
  return (
    <Box width={columns} height={rows} flexDirection="column">
      <Box>
        <Box width={22} height={6} borderStyle="round" />
        <Text> {tick} images</Text>
      </Box>
      <Text>tick {tick}</Text>
      {isAsking && (
        <Box position="absolute" marginLeft={10} marginTop={1} borderStyle="double">
          <Text>Stop the loop now?</Text>
        </Box>
      )}
    </Box>
  );
}

test.each<PictureProtocol>(['kitty', 'sixel', 'iterm2', 'blocks'])(
  'over what Ink draws, as %s',
  async (protocol) => {
    const stream = new TerminalStream(columns, rows);
    const terminal = terminalOf(protocol);
    const output = createScreenOutput(stream.asStdout(), {
      isTmux: true,
      onResize: () => {},
      onIdle: () => {},
    });
    const layer = createPictureLayer(output.stream, terminal);
    const screen = new PictureTerminalEmulator({ columns, rows });
    const maker = createPictureMaker({ terminal, cacheDirectory: null });
    const bytes = await sharp({ create: { width: 200, height: 80, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const picture = made(await maker.makeFromBytes(bytes, { columns: 20, rows: 4 }));
    const ink = render(<Screen tick={0} isAsking={false} />, {
      stdout: layer.stdout as NodeJS.WriteStream,
      stdin: Object.assign(new TerminalStream(1, 1).asStdout() as unknown as NodeJS.ReadStream, {
        isTTY: false,
      }),
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      patchConsole: false,
      exitOnCtrlC: false,
    });
    const show = async (tick: number, isAsking: boolean) => {
      ink.rerender(<Screen tick={tick} isAsking={isAsking} />);
      await waitFor(async () => {
        await turn();
        await screen.write(stream.take());
        return screen.lineAt(6) === `tick ${tick}`;
      });
      await turn();
      await turn();
      await screen.write(stream.take());
    };
    const isRed = async (row: number, column: number) => {
      const { rgb } = await screen.see({ row, column, columns: 1, rows: 1 });
      return rgb[0] !== undefined && rgb[0] > 200 && rgb[1] !== undefined && rgb[1] < 40;
    };
    await show(1, false);
    layer.place([{ key: 'a', row: 1, column: 1, picture }]);
    await show(2, false);
    expect(await isRed(1, 1)).toBe(true);
    expect(await isRed(3, 20)).toBe(true);
    const before = layer.sentByteCount;
    for (let tick = 3; tick < 20; tick++) await show(tick, false);
    expect(await isRed(2, 10)).toBe(true);
    // What changes beside a picture does not send it again.
    expect(layer.sentByteCount).toBe(before);
    await show(20, true);
    expect(screen.lineAt(2)).toContain('Stop the loop now?');
    expect(await isRed(1, 2)).toBe(false);
    await show(21, false);
    expect(await isRed(1, 2)).toBe(true);
    expect(await isRed(2, 15)).toBe(true);
    ink.unmount();
    await output.close();
    await screen.write(stream.take());
    expect(await isRed(1, 2)).toBe(false);
    expect(screen.imageCount).toBe(0);
  },
);
