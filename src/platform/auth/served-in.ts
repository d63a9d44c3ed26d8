import { SetMetadata } from '@nestjs/common';
import type { Role } from '../config/process.config.js';

export const SERVED_IN = Symbol('served-in');

/** In which processes a controller answers, by their roles; `api` when nothing is said. Elsewhere its routes are 404. */
export const ServedIn = (role: Role | 'any') => SetMetadata(SERVED_IN, role);
