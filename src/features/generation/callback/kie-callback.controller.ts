import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Public } from '../../../platform/auth/access.js';
import { Unlimited } from '../../../platform/auth/unlimited.decorator.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { WithoutIdempotency } from '../../../platform/idempotency/without-idempotency.decorator.js';
import { KieCallbackDto, KieCallbackTakenDto } from './kie-callback.dto.js';
import { KieCallbacks } from './kie-callbacks.js';

/** Unlimited: all callbacks come from a few addresses of KIE, many of them in the same minute. */
@ApiTags('generation')
@Controller('generation/kie/callback')
@Public()
@Unlimited()
export class KieCallbackController {
  constructor(private readonly callbacks: KieCallbacks) {}

  @Post(':address')
  @HttpCode(200)
  @WithoutIdempotency()
  @ApiOperation({
    summary: 'Where KIE tells that a task is over',
    description: 'It only wakes a look at the task: what the body says of it is not believed.',
  })
  @ApiParam({ name: 'address', description: '`{jobId}.{attempt}.{token}`, as createTask was told' })
  @ApiHeader({ name: 'X-Webhook-Timestamp', required: false, description: 'Seconds since 1970' })
  @ApiHeader({
    name: 'X-Webhook-Signature',
    required: false,
    description: 'Asked for when KIE_WEBHOOK_HMAC_KEY is set',
  })
  @ApiBody({ type: KieCallbackDto })
  @ApiOkResponse({ type: KieCallbackTakenDto })
  @ApiProblems(400, 404)
  async take(
    @Param('address') address: string,
    @Headers('x-webhook-timestamp') timestamp: string | undefined,
    @Headers('x-webhook-signature') signature: string | undefined,
    @Body() body: unknown,
  ): Promise<KieCallbackTakenDto> {
    if (await this.callbacks.take(address, body, { timestamp, signature })) return { code: 200, msg: 'success' };
    throw new DomainError('generation.callback_unknown', 'not_found', 'Nobody waits for this');
  }
}
