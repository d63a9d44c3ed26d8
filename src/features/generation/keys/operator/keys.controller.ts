import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, pageOf, type Page } from '../../../../platform/http-server/paging.js';
import {
  CreateGenerationKeyDto,
  GenerationKeyDto,
  GenerationKeysQuery,
  GenerationKeyTestDto,
  UpdateGenerationKeyDto,
} from './key.dto.js';
import { KeyTest } from './key-test.js';
import { KeysService } from './keys.service.js';

@ApiTags('generation')
@Controller('generation/keys')
@RequireRole('admin')
export class GenerationKeysController {
  constructor(
    private readonly keys: KeysService,
    private readonly keyTest: KeyTest,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Keys of KIE, with their health' })
  @ApiOkResponse({ type: pageOf(GenerationKeyDto) })
  @ApiProblems(400)
  async list(@Query() query: GenerationKeysQuery): Promise<Page<GenerationKeyDto>> {
    return pageFrom(query, await this.keys.page(query), (key) => GenerationKeyDto.of(key));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A key of KIE' })
  @ApiOkResponse({ type: GenerationKeyDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<GenerationKeyDto> {
    return GenerationKeyDto.of(await this.keys.get(id));
  }

  @Post()
  @ApiOperation({ summary: 'Add a key of KIE' })
  @ApiCreatedResponse({ type: GenerationKeyDto })
  @ApiProblems(400, 409)
  async create(@CurrentUser() by: Principal, @Body() body: CreateGenerationKeyDto): Promise<GenerationKeyDto> {
    return GenerationKeyDto.of(await this.keys.create(actorOf(by), body));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a key of KIE; a new one in its place starts afresh' })
  @ApiOkResponse({ type: GenerationKeyDto })
  @ApiProblems(400, 404, 409)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateGenerationKeyDto,
  ): Promise<GenerationKeyDto> {
    return GenerationKeyDto.of(await this.keys.update(actorOf(by), id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a key away that no video is being made with' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404, 409)
  async delete(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.keys.delete(actorOf(by), id);
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask KIE what is left on the account; an invalid key that passes is active again' })
  @ApiOkResponse({ type: GenerationKeyTestDto })
  @ApiProblems(400, 404)
  async test(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<GenerationKeyTestDto> {
    return GenerationKeyTestDto.of(await this.keyTest.run(actorOf(by), id));
  }

  @Post(':id/unblock')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask the account of a key again, before its block ends by itself' })
  @ApiOkResponse({ type: GenerationKeyDto })
  @ApiProblems(400, 404, 409)
  async unblock(@CurrentUser() by: Principal, @Param() { id }: IdParam): Promise<GenerationKeyDto> {
    return GenerationKeyDto.of(await this.keys.unblock(actorOf(by), id));
  }
}

const actorOf = ({ id }: Principal) => `user:${id}`;
