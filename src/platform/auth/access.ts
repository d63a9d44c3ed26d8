import { applyDecorators, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import { ApiProblems } from '../errors/api-problems.js';
import type { UserRole } from './principal.js';

const ACCESS = Symbol('access');
/** Tells in the OpenAPI document who may call: `public`, `authenticated` or a role. */
const ACCESS_EXTENSION = 'x-access';

type Target = ReturnType<ExecutionContext['getHandler']> | ReturnType<ExecutionContext['getClass']>;

/** Who may call a route: anybody, whoever is signed in, or whoever has a role. */
export type Access = 'public' | 'authenticated' | { role: UserRole };

/** Anybody may call it, without a token. */
export const Public = () => access('public');

/** Whoever is signed in may call it. */
export const Authenticated = () => applyDecorators(access('authenticated'), ApiBearerAuth(), ApiProblems(401));

/** Only accounts with this role may call it. */
export const RequireRole = (role: UserRole) =>
  applyDecorators(access({ role }), ApiBearerAuth(), ApiProblems(401, 403));

/** What a route says of its access, else its controller; undefined when neither says a word. */
export function accessOf(reflector: Reflector, handler: Target, controller: Target): Access | undefined {
  return reflector.getAllAndOverride<Access | undefined>(ACCESS, [handler, controller]);
}

function access(value: Access) {
  const name = typeof value === 'string' ? value : value.role;
  return applyDecorators(SetMetadata(ACCESS, value), ApiExtension(ACCESS_EXTENSION, name));
}
