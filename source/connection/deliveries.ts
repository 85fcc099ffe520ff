/** What became of a command that was sent: the loop has taken it, or does not take it, or the runner went away before it said so. */
export type Delivery =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' | 'gone'; readonly reason: string };

/** The numbered messages of a connection that the runner has not confirmed yet. */
export type Deliveries = {
  /** The next number. */
  number(): number;
  /** Resolves once the runner confirms the number or is gone. */
  await(id: number): Promise<Delivery>;
  confirm(id: number): void;
  /** The loop does not take it. */
  refuse(id: number, reason: string): void;
  /** None that is awaited will be confirmed any more. */
  giveUp(reason: string): void;
};

export function createDeliveries(): Deliveries {
  const waiting = new Map<number, (delivery: Delivery) => void>();
  let last = 0;
  function settle(id: number, delivery: Delivery): void {
    waiting.get(id)?.(delivery);
    waiting.delete(id);
  }
  return {
    number: () => ++last,
    await: (id) => new Promise((resolve) => waiting.set(id, resolve)),
    confirm: (id) => settle(id, { kind: 'done' }),
    refuse: (id, reason) => settle(id, { kind: 'refused', reason }),
    giveUp(reason) {
      for (const resolve of waiting.values()) resolve({ kind: 'gone', reason });
      waiting.clear();
    },
  };
}

/** Nothing is known of a command whose runner broke off; asking the next one is safe for all that a person can give. */
export const brokeOff =
  'The runner went away before it confirmed the command: `sdloop status` tells what runs now.';
