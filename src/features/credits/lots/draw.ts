interface Lot {
  entryId: string;
  remaining: number;
}

export interface Draw {
  holdEntryId: string;
  lotEntryId: string;
  amount: number;
}

/**
 * Shares out lots to holds, the first lot first, until either is used up. What is left of the holds then is paid with
 * credits that do not expire.
 */
export function drawFromLots(holds: readonly { id: string; amount: number }[], lots: readonly Lot[]): Draw[] {
  const draws: Draw[] = [];
  const left = lots.map((lot) => ({ ...lot }));
  for (const { id, amount } of holds) {
    let due = amount;
    while (due > 0 && left[0]) {
      const [lot] = left;
      const taken = Math.min(due, lot.remaining);
      draws.push({ holdEntryId: id, lotEntryId: lot.entryId, amount: taken });
      due -= taken;
      lot.remaining -= taken;
      if (lot.remaining === 0) left.shift();
    }
  }
  return draws;
}
