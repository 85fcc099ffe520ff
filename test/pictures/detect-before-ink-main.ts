/** A program that asks its terminal and then hands it to Ink, for the test beside it: says what was found and which keys came. */
import { render, Text, useInput } from 'ink';
import { createElement, useState } from 'react';
import { detectPictureTerminal } from '../../source/pictures/detect-picture-terminal.ts';
import type { PictureTerminal } from '../../source/pictures/picture-protocol.ts';

let show: (terminal: PictureTerminal) => void = () => {};
const found = await detectPictureTerminal({
  stdin: process.stdin,
  stdout: process.stdout,
  environment: process.env,
  choice: 'auto',
  onLate: (terminal) => show(terminal),
});

function Keys() {
  const [keys, setKeys] = useState('');
  const [terminal, setTerminal] = useState(found);
  show = setTerminal;
  useInput((input, key) => setKeys((before) => before + (key.upArrow ? '<up>' : input)));
  return createElement(Text, null, `${terminal.protocol} ${terminal.cellWidth} [${keys}]`);
}

render(createElement(Keys), { alternateScreen: true, incrementalRendering: true });
