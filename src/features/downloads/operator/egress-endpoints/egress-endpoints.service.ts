import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { KeyRing } from '../../../../platform/crypto/key-ring.js';
import { egressCircuit } from '../../routing/gate/circuit-key.js';
import { Circuits } from '../../routing/gate/circuits.js';
import { egressUrlContext, OWN_EGRESS, type EgressEndpoint } from '../../routing/egress-endpoint.entity.js';
import { Changes } from '../changes.js';
import { egressEndpointNotFound, egressInUse, egressNameTaken } from '../operator.errors.js';
import { ProvidersRepository } from '../providers/providers.repository.js';
import type { CreateEgressEndpointDto, EgressEndpointsQuery, UpdateEgressEndpointDto } from './egress-endpoint.dto.js';
import { EgressEndpointsRepository } from './egress-endpoints.repository.js';
import { maskAddress } from './mask-address.js';
import type { EgressHealth, ShownEndpoint } from './shown-endpoint.js';

@Injectable()
export class EgressEndpointsService {
  constructor(
    private readonly endpoints: EgressEndpointsRepository,
    private readonly providers: ProvidersRepository,
    private readonly circuits: Circuits,
    private readonly keys: KeyRing,
    private readonly changes: Changes,
  ) {}

  async page(query: EgressEndpointsQuery): Promise<[ShownEndpoint[], number]> {
    const [endpoints, total] = await this.endpoints.page(query);
    return [await this.shown(endpoints), total];
  }

  async get(id: string): Promise<ShownEndpoint> {
    const endpoint = await this.endpoints.find(id);
    const [shown] = endpoint ? await this.shown([endpoint]) : [];
    if (!shown) throw egressEndpointNotFound();
    return shown;
  }

  async create(by: Principal, settings: CreateEgressEndpointDto): Promise<ShownEndpoint> {
    return this.changes.make(by, async () => {
      const id = randomUUID();
      const isFree = settings.name !== OWN_EGRESS;
      if (!isFree || !(await this.endpoints.insert({ id, ...this.columns(id, settings) }))) {
        throw egressNameTaken(settings.name);
      }
      const after = await this.get(id);
      return { action: 'egress_endpoint.created', subject: subjectOf(after), before: null, after };
    });
  }

  async update(by: Principal, id: string, settings: UpdateEgressEndpointDto): Promise<ShownEndpoint> {
    return this.changes.make(by, async () => {
      const before = await this.get(id);
      await this.endpoints.update(id, this.columns(id, settings));
      const after = await this.get(id);
      return { action: 'egress_endpoint.updated', subject: subjectOf(after), before, after };
    });
  }

  async delete(by: Principal, id: string): Promise<void> {
    await this.changes.make(by, async () => {
      const before = await this.get(id);
      const users = await this.providers.namesThrough(before.name);
      if (users.length > 0) throw egressInUse(before.name, users);
      await this.endpoints.delete(id);
      return { action: 'egress_endpoint.deleted', subject: subjectOf(before), before, after: null };
    });
  }

  private columns(id: string, { url, ...settings }: UpdateEgressEndpointDto) {
    return { ...settings, url: url === undefined ? undefined : this.keys.encrypt(url, egressUrlContext(id)) };
  }

  private async shown(endpoints: readonly EgressEndpoint[]): Promise<ShownEndpoint[]> {
    const closed = (await this.circuits.list()).map(({ key }) => key);
    return endpoints.map(({ url, ...endpoint }) => ({
      ...endpoint,
      urlMasked: this.masked(endpoint.id, url),
      health: healthOf(endpoint.name, closed),
    }));
  }

  /** One that cannot be opened any more must not hide the endpoint: it is there to be replaced. */
  private masked(id: string, url: string): string {
    try {
      return maskAddress(this.keys.decrypt(url, egressUrlContext(id)));
    } catch {
      return '••••';
    }
  }
}

function healthOf(name: string, closed: readonly string[]): EgressHealth {
  const circuit = egressCircuit(name);
  if (closed.includes(circuit)) return 'down';
  return closed.some((key) => key.startsWith(`${circuit}:`)) ? 'degraded' : 'healthy';
}

const subjectOf = ({ name }: { name: string }) => `egress_endpoint:${name}`;
