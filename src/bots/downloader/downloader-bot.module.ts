import { Module } from '@nestjs/common';
import { DownloadsModule } from '../../features/downloads/index.js';
import { Conversation } from './conversation.js';
import { DeliveryReport } from './delivery-report.js';
import { DownloaderFrontendModule } from './downloader-frontend.module.js';
import { DownloaderUpdate } from './downloader.update.js';
import { PressesUpdate } from './presses.update.js';

@Module({
  imports: [DownloadsModule, DownloaderFrontendModule],
  providers: [Conversation, DownloaderUpdate, PressesUpdate, DeliveryReport],
})
export class DownloaderBotModule {}
