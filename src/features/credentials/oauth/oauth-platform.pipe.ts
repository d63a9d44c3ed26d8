import { Injectable, type PipeTransform } from '@nestjs/common';
import { OAUTH_PLATFORMS, type OAuthPlatformName } from '../platforms/credential-platform.js';
import { platformUnknown } from './oauth.errors.js';

export const OAUTH_PLATFORM_NAMES = Object.keys(OAUTH_PLATFORMS) as OAuthPlatformName[];

/** The `{platform}` of a path. */
@Injectable()
export class OAuthPlatformPipe implements PipeTransform<string, OAuthPlatformName> {
  transform(value: string): OAuthPlatformName {
    const name = OAUTH_PLATFORM_NAMES.find((known) => known === value);
    if (name === undefined) throw platformUnknown();
    return name;
  }
}
