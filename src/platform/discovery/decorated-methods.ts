import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

type Method = (...args: never[]) => unknown;

export interface DecoratedMethod<Meta, M> {
  meta: Meta;
  /** Bound to its instance. */
  run: M;
  where: string;
}

/** Finds the methods of all providers that carry a decorator. */
@Injectable()
export class DecoratedMethods {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  find<Meta, M extends Method>(
    read: (reflector: Reflector, method: M) => Meta | undefined,
  ): DecoratedMethod<Meta, M>[] {
    const found: DecoratedMethod<Meta, M>[] = [];
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (wrapper.isAlias || !wrapper.isDependencyTreeStatic() || typeof instance !== 'object' || !instance) continue;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(instance) as object)) {
        const method = (instance as Record<string, unknown>)[name];
        if (typeof method !== 'function') continue;
        const meta = read(this.reflector, method as M);
        if (meta !== undefined) {
          found.push({ meta, run: method.bind(instance) as M, where: `${instance.constructor.name}.${name}` });
        }
      }
    }
    return found;
  }
}
