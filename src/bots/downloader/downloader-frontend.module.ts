import { Global, Module } from '@nestjs/common';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { DownloadsFrontend } from '../../features/downloads/index.js';
import { DownloaderPresenter } from './downloader.presenter.js';
import { downloaderTexts } from './downloader.texts.js';

/**
 * Global, for downloads shows its work through the frontend that it provides. It has words and no conversation:
 * nestjs-telegraf would ask the conversation of a global module before those that go first.
 */
@Global()
@Module({
  imports: [BotMessagesModule.forBot('downloader', downloaderTexts)],
  providers: [{ provide: DownloadsFrontend, useClass: DownloaderPresenter }],
  exports: [DownloadsFrontend],
})
export class DownloaderFrontendModule {}
