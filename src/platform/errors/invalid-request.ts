import type { FieldProblem } from './problem.js';

/** A request that does not have the shape its route asks for: 400 `request.invalid`. */
export class InvalidRequest extends Error {
  constructor(readonly errors: FieldProblem[]) {
    super('Some fields do not fit');
    this.name = 'InvalidRequest';
  }
}
