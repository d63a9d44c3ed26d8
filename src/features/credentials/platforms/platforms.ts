import { Inject, Injectable } from '@nestjs/common';
import type { CredentialPlatform } from './credential-platform.js';
import type { Platform } from './platform.js';

export const PLATFORMS = Symbol('platforms');

/** Every platform by its name. Adding one is its folder and a line where they are made. */
@Injectable()
export class Platforms {
  private readonly byName: ReadonlyMap<CredentialPlatform, Platform>;

  constructor(@Inject(PLATFORMS) platforms: readonly Platform[]) {
    this.byName = new Map(platforms.map((platform) => [platform.name, platform]));
  }

  get(name: CredentialPlatform): Platform {
    const platform = this.byName.get(name);
    if (!platform) throw new Error(`No such platform: ${name}`);
    return platform;
  }
}
