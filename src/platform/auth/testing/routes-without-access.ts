import { RequestMethod, type INestApplicationContext } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { accessOf } from '../access.js';

type Handler = (...args: unknown[]) => unknown;

/** Routes that do not say who may call them, as `GET UsersController.me`. The guard denies them; a test wants none. */
export function routesWithoutAccess(app: INestApplicationContext): string[] {
  const reflector = app.get(Reflector);
  const scanner = new MetadataScanner();
  const controllers = app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ metatype }) => {
    const controller = metatype as new () => Record<string, Handler>;
    return scanner.getAllMethodNames(controller.prototype as object).flatMap((name) => {
      const handler = (controller.prototype as Record<string, Handler>)[name];
      if (!handler || !Reflect.hasMetadata(PATH_METADATA, handler)) return [];
      if (accessOf(reflector, handler, controller) !== undefined) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      return [`${method} ${controller.name}.${name}`];
    });
  });
}
