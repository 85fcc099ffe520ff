/** A sequence that tmux is to hand on to its terminal unread; it does where `allow-passthrough` is on. */
export function throughTmux(sequence: string): string {
  return `\u001bPtmux;${sequence.replaceAll('\u001b', '\u001b\u001b')}\u001b\\`;
}
