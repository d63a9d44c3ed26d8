import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../auth/access.js';
import { Unlimited } from '../auth/unlimited.decorator.js';
import { ApiProblems } from '../errors/api-problems.js';
import { Storage } from '../storage/storage.js';
import { contentDisposition } from './content-disposition.js';
import { sendStored } from './send-stored.js';
import { SignedLinks } from './signed-links.js';

/**
 * Of a file that somebody has uploaded a browser may show what it is, and run nothing: no scripts, forms or windows. The
 * origin stays, for without one a video does not play in a tab of its own.
 */
const FILES_ARE_NO_PAGES = [
  "default-src 'none'",
  "img-src 'self'",
  "media-src 'self'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'none'",
  'sandbox allow-same-origin',
].join('; ');

const BINARY = { '*/*': { schema: { type: 'string', format: 'binary' } } };

/** Unlimited: the routes that give out links are limited, and a page of pictures is as many requests. */
@ApiTags('files')
@Controller('files')
@Public()
@Unlimited()
export class FilesController {
  constructor(
    private readonly links: SignedLinks,
    private readonly storage: Storage,
  ) {}

  @Get(':token')
  @ApiOperation({ summary: 'A file, by its signed link', description: 'Good for 5 minutes. Takes `Range`; also HEAD.' })
  @ApiParam({ name: 'token', description: 'The last part of a link that another route has given out' })
  @ApiProduces('*/*')
  @ApiResponse({ status: 200, description: 'The file', content: BINARY })
  @ApiResponse({ status: 206, description: 'The part of it that was asked for', content: BINARY })
  @ApiProblems(404, 416)
  async file(@Param('token') token: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { key, fileName, contentType, disposition } = this.links.read(token);
    response.setHeader('Cache-Control', 'private, no-store');
    const headers = {
      'Content-Type': contentType,
      'Content-Disposition': contentDisposition(disposition, fileName),
      'Content-Security-Policy': FILES_ARE_NO_PAGES,
      'X-Content-Type-Options': 'nosniff',
    };
    await sendStored(this.storage, key, { request, response, headers });
  }
}
