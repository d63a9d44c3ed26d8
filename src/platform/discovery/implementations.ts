import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** Finds the providers of all modules that implement a port: for ports of which each feature may have its own. */
@Injectable()
export class Implementations {
  constructor(private readonly discovery: DiscoveryService) {}

  of<T>(port: abstract new (...args: never[]) => T): T[] {
    const found = new Set<T>();
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (instance instanceof port) found.add(instance);
    }
    return [...found];
  }
}
