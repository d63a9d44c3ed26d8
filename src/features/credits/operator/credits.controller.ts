import { Body, Controller, Get, Headers, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { CreditAudits } from '../audit/credit-audits.js';
import { notAuditedYet } from '../credits.errors.js';
import { AccountViews } from '../ledger/account-views.js';
import { CreditAuditDto } from './audit.dto.js';
import {
  AccountsQuery,
  CreditAccountDto,
  CreditAccountPageDto,
  CreditEntryDto,
  CreditEntryPageDto,
  EntriesQuery,
  GrantDto,
} from './credits.dto.js';
import { EntryLog } from './entry-log.js';
import { OperatorGrants } from './operator-grants.js';

@ApiTags('credits')
@Controller('credits')
@RequireRole('admin')
export class CreditsController {
  constructor(
    private readonly grants: OperatorGrants,
    private readonly accounts: AccountViews,
    private readonly log: EntryLog,
    private readonly audits: CreditAudits,
  ) {}

  @Post('grant')
  @ApiOperation({ summary: 'Give credits to a person; an Idempotency-Key gives them once' })
  @ApiCreatedResponse({ type: CreditEntryDto, description: 'The line of the person' })
  @ApiProblems(400, 422)
  async grant(
    @CurrentUser() by: Principal,
    @Body() grant: GrantDto,
    @Headers('idempotency-key') key?: string,
  ): Promise<CreditEntryDto> {
    return CreditEntryDto.of(await this.grants.grant(by, grant, key));
  }

  @Get('accounts')
  @ApiOperation({ summary: 'Who has how many credits, the last that has changed first' })
  @ApiOkResponse({ type: CreditAccountPageDto })
  @ApiProblems(400)
  async listAccounts(@Query() query: AccountsQuery): Promise<Page<CreditAccountDto>> {
    return pageFrom(query, await this.accounts.page(query, query), (account) => CreditAccountDto.of(account));
  }

  @Get('entries')
  @ApiOperation({ summary: 'Lines of the ledger, the newest first' })
  @ApiOkResponse({ type: CreditEntryPageDto })
  @ApiProblems(400)
  async listEntries(@Query() query: EntriesQuery): Promise<Page<CreditEntryDto>> {
    return pageFrom(query, await this.log.page(query, query), (entry) => CreditEntryDto.of(entry));
  }

  @Get('audit')
  @ApiOperation({ summary: 'The last proof of the books' })
  @ApiOkResponse({ type: CreditAuditDto })
  @ApiProblems(404)
  async lastAudit(): Promise<CreditAuditDto> {
    const last = await this.audits.last();
    if (!last) throw notAuditedYet();
    return CreditAuditDto.of(last);
  }

  @Post('audit')
  @HttpCode(200)
  @ApiOperation({ summary: 'Prove the books now' })
  @ApiOkResponse({ type: CreditAuditDto })
  async audit(): Promise<CreditAuditDto> {
    return CreditAuditDto.of(await this.audits.run());
  }
}
