import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { GenerationPhoto } from './generation-photo.entity.js';

type NewPhoto = Omit<GenerationPhoto, 'createdAt' | 'lastUsedAt'>;

@Injectable()
export class PhotosRepository {
  constructor(private readonly database: Database) {}

  async insert(photo: NewPhoto): Promise<GenerationPhoto> {
    await this.photos.insert(photo);
    return this.photos.findOneByOrFail({ key: photo.key });
  }

  own(tgUserId: number, key: string): Promise<GenerationPhoto | null> {
    return this.photos.findOneBy({ tgUserId, key });
  }

  find(key: string): Promise<GenerationPhoto | null> {
    return this.photos.findOneBy({ key });
  }

  private get photos() {
    return this.database.repository(GenerationPhoto);
  }
}
