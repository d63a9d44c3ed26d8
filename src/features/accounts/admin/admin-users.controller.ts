import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { WithoutIdempotency } from '../../../platform/idempotency/without-idempotency.decorator.js';
import { ProfileDto } from '../users/me/users.dto.js';
import { AdminUserDto, AdminUserPageDto, AdminUsersQuery, CreateUserDto, UpdateUserDto } from './admin-users.dto.js';
import { AdminUsersService } from './admin-users.service.js';
import { NewUsers } from './new-users.js';
import { PasswordLinkDto } from './password-links/password-link.dto.js';

@ApiTags('admin users')
@Controller('admin/users')
@RequireRole('admin')
export class AdminUsersController {
  constructor(
    private readonly users: AdminUsersService,
    private readonly newUsers: NewUsers,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Accounts' })
  @ApiOkResponse({ type: AdminUserPageDto })
  @ApiProblems(400, 429)
  async list(@Query() query: AdminUsersQuery): Promise<Page<AdminUserDto>> {
    return pageFrom(query, await this.users.page(query, query), (user) => AdminUserDto.of(user));
  }

  @Get(':id')
  @ApiOperation({ summary: 'An account, and what it uses of its quotas' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems(400, 404, 429)
  async get(@Param() { id }: IdParam): Promise<ProfileDto> {
    return ProfileDto.of(await this.users.get(id));
  }

  @Post()
  @ApiOperation({
    summary: 'Make an account',
    description:
      'Nothing opens it until its owner has set a password by a link: `POST /admin/users/{id}/password-link`.',
  })
  @ApiCreatedResponse({ type: ProfileDto })
  @ApiProblems(400, 409, 422, 429)
  async create(@CurrentUser() by: Principal, @Body() body: CreateUserDto): Promise<ProfileDto> {
    return ProfileDto.of(await this.users.get(await this.newUsers.create(by, body)));
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Change role, permissions or quotas of an account, or disable it',
    description: 'Acts at once, on whoever is signed in too. The last active admin has to stay one (409).',
  })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems(400, 404, 409, 422, 429)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateUserDto,
  ): Promise<ProfileDto> {
    return ProfileDto.of(await this.users.update(by, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an account with everything that belongs to it' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404, 409, 422, 429)
  async delete(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.users.delete(by, id);
  }

  @Post(':id/password-link')
  // The answer is a secret, and would be kept.
  @WithoutIdempotency()
  @ApiOperation({
    summary: 'Make a link by which the owner of an account sets its password',
    description: 'Good for 24 hours and one use, while the account is active; the link before it is good no more.',
  })
  @ApiCreatedResponse({ type: PasswordLinkDto })
  @ApiProblems(400, 404, 429)
  async makePasswordLink(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<PasswordLinkDto> {
    return PasswordLinkDto.of(await this.newUsers.makeLink(by, id));
  }
}
