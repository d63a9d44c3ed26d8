export interface HostTraffic {
  /** As in the link. */
  host: string;
  ip: string;
  /** Received from there, with the overhead of TLS and HTTP. */
  bytes: number;
}

interface Entry extends HostTraffic {
  connection: number;
  /** What the client's connection had received before, since one may be used for several hosts. */
  startedAt: number;
  open: boolean;
}

/** Counts what was received, per connection to a host, in the order of connecting. */
export class TrafficMeter {
  private readonly entries: Entry[] = [];

  /** @param received all bytes that a client's connection has received so far */
  constructor(private readonly received: (connection: number) => number) {}

  begin(connection: number, host: string, ip: string): void {
    const startedAt = this.received(connection);
    this.end(connection, startedAt);
    this.entries.push({ connection, host, ip, bytes: 0, startedAt, open: true });
  }

  /** @param received as the connection's last word, when it can no longer be asked */
  end(connection: number, received: number): void {
    const entry = this.entries.find((each) => each.open && each.connection === connection);
    if (!entry) return;
    entry.open = false;
    entry.bytes = received - entry.startedAt;
  }

  hosts(): HostTraffic[] {
    return this.entries.map(({ host, ip, bytes, open, connection, startedAt }) => ({
      host,
      ip,
      bytes: open ? this.received(connection) - startedAt : bytes,
    }));
  }
}
