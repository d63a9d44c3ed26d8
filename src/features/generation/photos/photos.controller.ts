import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../../../platform/auth/access.js';
import { Unlimited } from '../../../platform/auth/unlimited.decorator.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { sendStored } from '../../../platform/signed-links/send-stored.js';
import { Storage } from '../../../platform/storage/storage.js';
import { photoNotFound } from './photos.errors.js';
import { Photos } from './photos.js';

const BINARY = { 'image/*': { schema: { type: 'string', format: 'binary' } } };

/** Where the provider fetches the photo of a job. Unlimited: it calls from a few addresses. */
@ApiTags('generation')
@Controller('generation/photos')
@Public()
@Unlimited()
export class PhotosController {
  constructor(
    private readonly photos: Photos,
    private readonly storage: Storage,
  ) {}

  @Get(':token')
  @ApiOperation({
    summary: 'The photo of a job, by the link that its provider was given',
    description: 'Good for an hour. Takes `Range`; also HEAD.',
  })
  @ApiParam({ name: 'token', description: 'Signed; it ends like a file' })
  @ApiProduces('image/*')
  @ApiResponse({ status: 200, description: 'The photo', content: BINARY })
  @ApiResponse({ status: 206, description: 'The part of it that was asked for', content: BINARY })
  @ApiProblems(404, 416)
  async show(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const photo = await this.photos.shown(token);
    if (!photo) throw photoNotFound();
    response.setHeader('Cache-Control', 'private, no-store');
    const headers = { 'Content-Type': photo.contentType, 'X-Content-Type-Options': 'nosniff' };
    await sendStored(this.storage, photo.key, { request, response, headers });
  }
}
