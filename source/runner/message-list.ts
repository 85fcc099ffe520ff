import type { Message } from '../presentation/snapshot.ts';

/** A screen shows the last few; a night of trouble must not grow the snapshot. */
const maxCount = 50;

export type MessageList = {
  add(at: number, message: Pick<Message, 'tone' | 'text'>): void;
  /** Oldest first; the same array until one is added. */
  list(): readonly Message[];
};

export function createMessageList(): MessageList {
  let messages: readonly Message[] = [];
  let nextId = 1;
  return {
    add(at, message) {
      messages = [...messages, { ...message, at, id: nextId++ }].slice(-maxCount);
    },
    list: () => messages,
  };
}
