import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem, PROBLEM_CONTENT_TYPE } from './problem.js';

export const problemContent = { [PROBLEM_CONTENT_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } };

/** Documents the failures a route is known to answer with; what any route may answer is in the document anyway. */
export function ApiProblems(...statuses: number[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({ status, description: STATUS_CODES[status] ?? 'Failure', content: problemContent }),
    ),
  );
}
