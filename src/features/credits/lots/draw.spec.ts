import { drawFromLots } from './draw.js';

const lots = [
  { entryId: 'soon', remaining: 2 },
  { entryId: 'later', remaining: 3 },
];

describe('drawFromLots', () => {
  it('takes what expires first, over the borders of holds and lots', () => {
    const holds = [
      { id: 'a', amount: 1 },
      { id: 'b', amount: 3 },
    ];
    expect(drawFromLots(holds, lots)).toEqual([
      { holdEntryId: 'a', lotEntryId: 'soon', amount: 1 },
      { holdEntryId: 'b', lotEntryId: 'soon', amount: 1 },
      { holdEntryId: 'b', lotEntryId: 'later', amount: 2 },
    ]);
  });

  it('leaves to other credits what the lots have not', () => {
    expect(drawFromLots([{ id: 'a', amount: 9 }], lots)).toEqual([
      { holdEntryId: 'a', lotEntryId: 'soon', amount: 2 },
      { holdEntryId: 'a', lotEntryId: 'later', amount: 3 },
    ]);
    expect(drawFromLots([{ id: 'a', amount: 9 }], [])).toEqual([]);
  });

  it('does not touch what it is given', () => {
    drawFromLots([{ id: 'a', amount: 1 }], lots);
    expect(lots[0]?.remaining).toBe(2);
  });
});
