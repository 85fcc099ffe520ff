import { Box } from 'ink';
import type { ReactElement } from 'react';
import { Panel } from '../components/panel.tsx';
import type { DrawnScreen } from './drawn-screen.ts';

/** Puts a drawn screen's panels one above the other. */
export function InputScreen({
  drawn,
  width,
}: {
  readonly drawn: DrawnScreen;
  readonly width: number;
}): ReactElement {
  return (
    <Box flexDirection="column">
      {drawn.panels.map(({ name, ...panel }) => (
        <Panel key={name} width={width} {...panel} />
      ))}
    </Box>
  );
}
