import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../platform/auth/access.js';
import { CurrentUser } from '../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { ApiProblems } from '../../platform/errors/api-problems.js';
import { IdParam } from '../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../platform/http-server/paging.js';
import { CreateCredentialDto, CredentialDto, CredentialsQuery, UpdateCredentialDto } from './credentials.dto.js';
import { CredentialsService } from './credentials.service.js';
import { CredentialPlatformDto, PlatformStatusDto } from './credentials-status.dto.js';
import { CredentialsStatus } from './credentials-status.js';
import { CREDENTIAL_PLATFORMS } from './platforms/credential-platform.js';
import { Platforms } from './platforms/platforms.js';

@ApiTags('credentials')
@Controller('credentials')
@Authenticated()
export class CredentialsController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly statuses: CredentialsStatus,
    private readonly platforms: Platforms,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Your accounts on other platforms, the oldest first' })
  @ApiOkResponse({ type: pageOf(CredentialDto) })
  @ApiProblems(400)
  async list(@CurrentUser() { id: owner }: Principal, @Query() query: CredentialsQuery): Promise<Page<CredentialDto>> {
    const { platform, status } = query;
    return pageFrom(query, await this.credentials.page(owner, { platform, status }, query), (row) =>
      CredentialDto.of(row),
    );
  }

  @Get('platforms')
  @ApiOperation({ summary: 'What there is to connect, and how' })
  @ApiOkResponse({ type: [CredentialPlatformDto] })
  listPlatforms(): CredentialPlatformDto[] {
    return CREDENTIAL_PLATFORMS.map((name) => CredentialPlatformDto.of(this.platforms.get(name)));
  }

  @Get('status')
  @ApiOperation({
    summary: 'Whether your accounts work',
    description:
      'Each platform is asked, once in five seconds at most. Of one that does not answer you see how it was last.',
  })
  @ApiOkResponse({ type: [PlatformStatusDto] })
  async status(@CurrentUser() { id: owner }: Principal): Promise<PlatformStatusDto[]> {
    return (await this.statuses.of(owner)).map((platform) => PlatformStatusDto.of(platform));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One of your accounts' })
  @ApiOkResponse({ type: CredentialDto })
  @ApiProblems(400, 404)
  async get(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<CredentialDto> {
    return CredentialDto.of(await this.credentials.get(owner, id));
  }

  @Post()
  @ApiOperation({ summary: 'Add an account by its secrets' })
  @ApiCreatedResponse({ type: CredentialDto })
  @ApiProblems(400, 409, 429)
  async create(@CurrentUser() { id: owner }: Principal, @Body() body: CreateCredentialDto): Promise<CredentialDto> {
    return CredentialDto.of(await this.credentials.create(owner, body));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Rename an account, or give it other secrets',
    description: 'New secrets take the place of all the old ones, and it is active again.',
  })
  @ApiOkResponse({ type: CredentialDto })
  @ApiProblems(400, 404, 409)
  async update(
    @CurrentUser() { id: owner }: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateCredentialDto,
  ): Promise<CredentialDto> {
    return CredentialDto.of(await this.credentials.update(owner, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Forget an account and its secrets' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404)
  async delete(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.credentials.delete(owner, id);
  }
}
