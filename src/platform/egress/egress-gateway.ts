import http from 'node:http';
import {
  type ConnectionStats,
  type PrepareRequestFunctionOpts,
  type PrepareRequestFunctionResult,
  RequestError,
  Server,
} from 'proxy-chain';
import { EgressRefusedError } from './egress-errors.js';
import { EgressSession, type EgressUse, type TargetProblem } from './egress-session.js';
import { formatHostPort } from './host-port.js';
import { type Lookup, TargetGuard } from './target-guard.js';
import { TrafficMeter } from './traffic-meter.js';
import { UpstreamTunnelAgent } from './upstream-tunnel-agent.js';

/** On every answer that the gateway itself gives instead of the target. */
const EGRESS_PROBLEM_HEADER = 'x-egress-problem';

export interface EgressGatewayOptions {
  /** `host:port` of private addresses that links may lead to, as written in the link or as resolved. */
  allowedPrivateHosts?: readonly string[];
  lookup?: Lookup;
}

interface ConnectionClosed {
  connectionId: number;
  stats: ConnectionStats;
}

/**
 * The only way out for links of people: a forward proxy (http and CONNECT) on this machine that resolves each name once,
 * refuses what is not the public internet and connects to exactly the address it has judged. Since every connection
 * passes it, so does every redirect, of our own fetches and of programs alike.
 *
 * It answers 407 to strangers, 403 to refused and 502 to unknown targets, the latter two with `x-egress-problem`.
 */
export class EgressGateway {
  private readonly guard: TargetGuard;
  private readonly sessions = new Map<string, EgressSession>();
  private readonly server: Server;
  /** Whose each client connection is, while it lasts. */
  private readonly owners = new Map<number, EgressSession>();
  /** A pool shared with others could hold a connection that nobody has judged. */
  private readonly agent = new http.Agent({ keepAlive: false });

  constructor({ allowedPrivateHosts = [], lookup }: EgressGatewayOptions = {}) {
    this.guard = new TargetGuard({ allowedPrivateHosts, lookup });
    this.server = new Server({
      host: '127.0.0.1',
      port: 0,
      authRealm: 'egress',
      prepareRequestFunction: (request) => this.prepare(request),
    });
    this.server.on('connectionClosed', (closed: ConnectionClosed) => {
      this.endConnection(closed);
    });
  }

  async start(): Promise<void> {
    await this.server.listen();
  }

  async stop(): Promise<void> {
    for (const session of [...this.sessions.values()]) session.close();
    await this.server.close(true);
  }

  /** @throws Error when the id is in use or no id, or the upstream proxy is of no known kind */
  open(use: EgressUse): EgressSession {
    if (this.sessions.has(use.id)) throw new Error(`the egress session ${use.id} is open already`);
    const meter = new TrafficMeter((connection) => this.server.getConnectionStats(connection)?.trgRxBytes ?? 0);
    const session = new EgressSession(use, this.server.port, meter, (closed) => {
      this.closeSession(closed);
    });
    this.sessions.set(use.id, session);
    return session;
  }

  private async prepare(request: PrepareRequestFunctionOpts): Promise<PrepareRequestFunctionResult> {
    const session = this.sessions.get(request.username);
    if (!session?.accepts(request.password)) return { requestAuthentication: true };
    const host = request.hostname.replace(/^\[(.*)\]$/, '$1');
    const target = await this.guard.target(host, request.port, session.family);
    if (target.kind !== 'allowed') {
      session.recordProblem(host, request.port, target);
      throw problemAnswer(host, target);
    }
    if (!this.isStillThere(session, request.connectionId)) return { requestAuthentication: true };
    this.owners.set(request.connectionId, session);
    session.recordConnection(request.connectionId, host, request.port, target.address);
    readdress(request.request, formatHostPort(target.address, request.port));
    return { localAddress: session.use.sourceAddress, ...this.wayOut(session, request.isHttp) };
  }

  /** Names take time to resolve, and the client or the session may end meanwhile. */
  private isStillThere(session: EgressSession, connection: number): boolean {
    return this.sessions.get(session.id) === session && this.server.getConnectionStats(connection) !== undefined;
  }

  private wayOut(session: EgressSession, isHttp: boolean): PrepareRequestFunctionResult {
    const { upstream } = session;
    if (upstream === null) return { httpAgent: this.agent };
    if (isHttp && !upstream.protocol.startsWith('socks')) return { httpAgent: new UpstreamTunnelAgent(upstream) };
    return { upstreamProxyUrl: upstream.href };
  }

  private closeSession(session: EgressSession): void {
    this.sessions.delete(session.id);
    for (const [connection, owner] of this.owners) {
      if (owner === session) this.server.closeConnection(connection);
    }
  }

  private endConnection({ connectionId, stats }: ConnectionClosed): void {
    this.owners.get(connectionId)?.recordEnd(connectionId, stats.trgRxBytes ?? 0);
    this.owners.delete(connectionId);
  }
}

/** The server goes where the request says: from here on that is the judged address, and no name is left to resolve. */
function readdress(request: http.IncomingMessage, authority: string): void {
  if (request.method === 'CONNECT') {
    request.url = authority;
    return;
  }
  const url = new URL(request.url ?? '');
  url.host = authority;
  request.url = url.href;
}

function problemAnswer(host: string, problem: TargetProblem): RequestError {
  if (problem.kind === 'refused') {
    const { message } = new EgressRefusedError(host, problem.address, problem.reason);
    return new RequestError(`Refused: ${message}`, 403, { [EGRESS_PROBLEM_HEADER]: problem.reason });
  }
  return new RequestError(`Not found: ${host} (${problem.code})`, 502, { [EGRESS_PROBLEM_HEADER]: problem.code });
}
