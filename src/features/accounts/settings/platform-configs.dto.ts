import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import {
  CONFIG_DEFAULTS,
  VK_COMMENT_PRIVACIES,
  VK_VIEW_PRIVACIES,
  YOUTUBE_LICENSES,
  YOUTUBE_PRIVACIES,
  type ConfigDocument,
  type VkCommentPrivacy,
  type VkViewPrivacy,
  type YoutubeLicense,
  type YoutubePrivacy,
} from './config-document.js';
import { ChoiceSetting, FlagSetting, TextSetting, WholeNumberSetting } from './setting-decorators.js';

const { youtube, vk_video: vkVideo } = CONFIG_DEFAULTS.platforms;

const LARGEST_VK_ID = 2 ** 31 - 1;

export class YoutubeConfigDto implements Readonly<ConfigDocument['platforms']['youtube']> {
  @ChoiceSetting(youtube.privacy, YOUTUBE_PRIVACIES, 'Who may see a video')
  privacy!: YoutubePrivacy;

  @TextSetting(youtube.categoryId, {
    maxLength: 3,
    pattern: { regex: /^[1-9]\d{0,2}$/, message: 'must be the number of a category, like 27' },
    description: 'Number of a category of YouTube: 22 is People & Blogs, 27 Education',
  })
  categoryId!: string;

  @TextSetting(youtube.playlistId, {
    maxLength: 64,
    pattern: { regex: /^[\w-]{2,64}$/, message: 'must be the id of a playlist' },
    description: 'Playlist that videos are added to; null: none',
    example: 'PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf',
  })
  playlistId!: string | null;

  @ChoiceSetting(youtube.license, YOUTUBE_LICENSES, 'Under which licence')
  license!: YoutubeLicense;

  @FlagSetting(youtube.embeddable, 'Whether other sites may embed a video')
  embeddable!: boolean;

  @FlagSetting(youtube.madeForKids, 'Whether a video is made for children')
  madeForKids!: boolean;

  @TextSetting(youtube.language, {
    maxLength: 35,
    pattern: { regex: /^[A-Za-z]{2,3}(-[A-Za-z\d]{2,8})*$/, message: 'must be a BCP 47 tag like en or pt-BR' },
    description: 'BCP 47 tag of title and description; null: not said',
    example: 'ru',
  })
  language!: string | null;

  @FlagSetting(youtube.addChapters, 'Whether topics become chapters in the description')
  addChapters!: boolean;
}

export class VkVideoConfigDto implements Readonly<ConfigDocument['platforms']['vk_video']> {
  @WholeNumberSetting(vkVideo.groupId, {
    min: 1,
    max: LARGEST_VK_ID,
    description: 'Community that videos are uploaded to; null: the profile',
    example: 12345678,
  })
  groupId!: number | null;

  @WholeNumberSetting(vkVideo.albumId, {
    min: 1,
    max: LARGEST_VK_ID,
    description: 'Album that videos are added to; null: none',
    example: 3,
  })
  albumId!: number | null;

  @ChoiceSetting(vkVideo.privacyView, VK_VIEW_PRIVACIES, 'Who may see a video of a profile; communities have their own')
  privacyView!: VkViewPrivacy;

  @ChoiceSetting(vkVideo.privacyComment, VK_COMMENT_PRIVACIES, 'Who may comment on a video of a profile')
  privacyComment!: VkCommentPrivacy;

  @FlagSetting(vkVideo.disableComments, 'Whether comments are off for everybody')
  disableComments!: boolean;

  @FlagSetting(vkVideo.postOnWall, 'Whether a video is posted on the wall, too')
  postOnWall!: boolean;

  @FlagSetting(vkVideo.repeat, 'Whether a video plays in a loop')
  repeat!: boolean;
}

export class PlatformConfigsDto implements Readonly<ConfigDocument['platforms']> {
  @ApiProperty({ type: YoutubeConfigDto })
  @IsObject()
  @ValidateNested()
  @Type(() => YoutubeConfigDto)
  youtube!: YoutubeConfigDto;

  @ApiProperty({ type: VkVideoConfigDto })
  @IsObject()
  @ValidateNested()
  @Type(() => VkVideoConfigDto)
  vk_video!: VkVideoConfigDto;
}
