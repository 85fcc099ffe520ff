import { createKittyIds, type KittySequences, kittySequences } from './kitty.ts';
import type { Picture } from './make-picture.ts';
import type { PictureTerminal } from './picture-protocol.ts';
import type { CellSize } from './pixels.ts';
import { throughTmux } from './through-tmux.ts';

/** Puts around an encoded picture what its protocol draws it with. */
export type AssemblePicture = (body: string, size: CellSize) => Picture;

export function createAssembler(terminal: PictureTerminal): AssemblePicture {
  const nextId = createKittyIds(Math.floor(Math.random() * 2 ** 15));
  return (body, size) => {
    switch (terminal.protocol) {
      case 'kitty':
        return fromKitty(kittySequences(body, nextId(), size, terminal.isTmux), size);
      case 'iterm2':
        return picture(keepingCursor(iterm2Sequence(body, size, terminal.isTmux)), size);
      case 'sixel':
        return picture(keepingCursor(body), size);
      case 'blocks':
        return picture(body, size);
      case 'off':
        throw new Error('A terminal without pictures was given one.');
    }
  };
}

function picture(data: string, size: CellSize): Picture {
  return { ...size, data, remove: '', byteCount: Buffer.byteLength(data) };
}

function fromKitty({ draw, redraw, hide, remove }: KittySequences, size: CellSize): Picture {
  return { ...picture(draw, size), remove, kept: { redraw, hide } };
}

function iterm2Sequence(jpeg: string, { columns, rows }: CellSize, isTmux: boolean): string {
  const byteCount = Buffer.byteLength(jpeg, 'base64');
  const sequence = `\u001b]1337;File=inline=1;size=${byteCount};width=${columns};height=${rows};preserveAspectRatio=0;doNotMoveCursor=1:${jpeg}\u0007`;
  return isTmux ? throughTmux(sequence) : sequence;
}

/** Where a picture leaves the cursor differs from terminal to terminal. */
function keepingCursor(sequence: string): string {
  return `\u001b7${sequence}\u001b8`;
}
