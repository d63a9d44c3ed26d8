import { Global, Module } from '@nestjs/common';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { DownloadsFrontend, DownloadsModule } from '../../features/downloads/index.js';
import { Conversation } from './conversation.js';
import { DeliveryReport } from './delivery-report.js';
import { DownloaderPresenter } from './downloader.presenter.js';
import { downloaderTexts } from './downloader.texts.js';
import { DownloaderUpdate } from './downloader.update.js';
import { PressesUpdate } from './presses.update.js';

/** Global, for downloads shows its work through the frontend that this bot is. */
@Global()
@Module({
  imports: [DownloadsModule, BotMessagesModule.forBot('downloader', downloaderTexts)],
  providers: [
    Conversation,
    DownloaderUpdate,
    PressesUpdate,
    DeliveryReport,
    { provide: DownloadsFrontend, useClass: DownloaderPresenter },
  ],
  exports: [DownloadsFrontend],
})
export class DownloaderBotModule {}
