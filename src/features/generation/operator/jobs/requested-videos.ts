import { Injectable } from '@nestjs/common';
import { RequestsTable } from '../../../audience/index.js';

/** What people have asked the generation bot for: each video is a request. */
@Injectable()
export class RequestedVideos extends RequestsTable {
  readonly name = 'generation_jobs';
  readonly state = 'status';
  readonly isDelivered = `status = 'delivered'`;
  readonly platform = 'model';
  readonly title = 'product_text';
  readonly link = 'NULL::text';
  readonly errorRef = 'NULL::text';
}
