import { Injectable } from '@nestjs/common';
import { RequestsTable } from '../../audience/index.js';

/** What people have asked the downloader for. */
@Injectable()
export class RequestedDownloads extends RequestsTable {
  readonly name = 'download_requests';
  readonly state = 'state';
  readonly isDelivered = `state = 'delivered'`;
  readonly platform = 'platform';
  readonly title = 'title';
  readonly link = 'link';
  readonly errorRef = 'error_ref';
}
