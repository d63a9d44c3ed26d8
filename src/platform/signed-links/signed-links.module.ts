import { Global, Module } from '@nestjs/common';
import { FilesController } from './files.controller.js';
import { SignedLinks } from './signed-links.js';

@Global()
@Module({ controllers: [FilesController], providers: [SignedLinks], exports: [SignedLinks] })
export class SignedLinksModule {}
