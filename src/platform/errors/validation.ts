import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { InvalidRequest } from './invalid-request.js';
import type { FieldProblem } from './problem.js';

/** Turns bodies, queries and parameters into their DTOs; what a DTO does not name is refused, not dropped. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => new InvalidRequest(fieldProblems(errors)),
  });
}

/** One problem per violated constraint, nested fields dotted: `schedule.days.0`. */
function fieldProblems(errors: ValidationError[], parent = ''): FieldProblem[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = parent + property;
    const own = Object.values(constraints).map((text) => ({ field, message: withoutField(text, property) }));
    return [...own, ...fieldProblems(children, `${field}.`)];
  });
}

/** class-validator begins its sentences with the property («email must be an email»), which `field` says already. */
function withoutField(text: string, property: string): string {
  const sentence = text.startsWith(`property ${property} `) ? text.slice('property '.length) : text;
  return sentence.startsWith(`${property} `) ? sentence.slice(property.length + 1) : sentence;
}
