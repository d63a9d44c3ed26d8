import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CreditsModule } from '../../credits/index.js';
import { GenerationPhoto } from './generation-photo.entity.js';
import { GenerationWelcome } from './generation-welcome.entity.js';
import { PhotoLinks } from './photo-links.js';
import { PhotoWorkFolder } from './photo-work-folder.js';
import { PhotosController } from './photos.controller.js';
import { Photos } from './photos.js';
import { PhotosRepository } from './photos.repository.js';
import { WelcomeCredits } from './welcome-credits.js';

@Module({
  imports: [TypeOrmModule.forFeature([GenerationPhoto, GenerationWelcome]), CreditsModule],
  controllers: [PhotosController],
  providers: [Photos, PhotosRepository, PhotoLinks, PhotoWorkFolder, WelcomeCredits],
  exports: [Photos],
})
export class PhotosModule {}
