import { TrafficMeter } from './traffic-meter.js';

describe('TrafficMeter', () => {
  it('gives each host its part of a connection, finished or not', () => {
    const received = new Map([
      [1, 0],
      [2, 0],
    ]);
    const meter = new TrafficMeter((connection) => received.get(connection) ?? 0);
    meter.begin(1, 'a', '1.1.1.1');
    meter.begin(2, 'b', '2.2.2.2');
    received.set(1, 100).set(2, 7);
    meter.begin(1, 'c', '3.3.3.3');
    received.set(1, 130);
    expect(meter.hosts().map(({ host, bytes }) => [host, bytes])).toEqual([
      ['a', 100],
      ['b', 7],
      ['c', 30],
    ]);

    meter.end(1, 150);
    received.delete(1);
    expect(meter.hosts().map(({ bytes }) => bytes)).toEqual([100, 7, 50]);
  });
});
