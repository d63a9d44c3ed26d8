export const TOPIC_GRANULARITIES = ['short', 'long'] as const;
export type TopicGranularity = (typeof TOPIC_GRANULARITIES)[number];

export const SUBTITLE_FORMATS = ['srt', 'vtt'] as const;
export type SubtitleFormat = (typeof SUBTITLE_FORMATS)[number];

export const YOUTUBE_PRIVACIES = ['private', 'unlisted', 'public'] as const;
export type YoutubePrivacy = (typeof YOUTUBE_PRIVACIES)[number];

export const YOUTUBE_LICENSES = ['youtube', 'creativeCommon'] as const;
export type YoutubeLicense = (typeof YOUTUBE_LICENSES)[number];

export const VK_VIEW_PRIVACIES = ['all', 'friends', 'friends_of_friends', 'only_me'] as const;
export type VkViewPrivacy = (typeof VK_VIEW_PRIVACIES)[number];

export const VK_COMMENT_PRIVACIES = [...VK_VIEW_PRIVACIES, 'nobody'] as const;
export type VkCommentPrivacy = (typeof VK_COMMENT_PRIVACIES)[number];

/** What is done to recordings of which nobody has said anything else. `null`: none. */
export const CONFIG_DEFAULTS = {
  processing: {
    autoProcess: false,
    cutSilence: true,
    silenceThresholdDb: -40,
    minSilenceSec: 2,
    marginBeforeSec: 0.3,
    marginAfterSec: 0.3,
    warnCutPercent: 50,
    normalizeLoudness: false,
    targetLoudnessLufs: -16,
  },
  transcription: {
    enableTranscription: true,
    enableTopics: true,
    enableSubtitles: true,
    language: null as string | null,
    granularity: 'long' as TopicGranularity,
    subtitleFormats: ['srt', 'vtt'] as SubtitleFormat[],
  },
  download: {
    minDurationSec: 60,
    allowSkipped: false,
    keepFilesDays: null as number | null,
  },
  upload: {
    autoUpload: false,
    requireApproval: false,
  },
  metadata: {
    titleTemplate: '{display_name}',
    descriptionTemplate: '{display_name}, {date}\n\n{topics}',
    dateFormat: 'yyyy-MM-dd',
    tags: [] as string[],
  },
  platforms: {
    youtube: {
      privacy: 'private' as YoutubePrivacy,
      categoryId: '22',
      playlistId: null as string | null,
      license: 'youtube' as YoutubeLicense,
      embeddable: true,
      madeForKids: false,
      language: null as string | null,
      addChapters: true,
    },
    vk_video: {
      groupId: null as number | null,
      albumId: null as number | null,
      privacyView: 'only_me' as VkViewPrivacy,
      privacyComment: 'only_me' as VkCommentPrivacy,
      disableComments: false,
      postOnWall: false,
      repeat: false,
    },
  },
};

/** How a user wants his recordings treated: every field has a value. */
export type ConfigDocument = typeof CONFIG_DEFAULTS;

type Scalar = string | number | boolean | null;
type Leaf = Scalar | readonly Scalar[];

type Choices<Section> = {
  [Name in keyof Section]?: Section[Name] extends Leaf ? Section[Name] : Choices<Section[Name]>;
};

/**
 * What somebody has said of some fields, be it a user, a template or a caller; the others are as they would be without
 * him. Where the default is not null, null says nothing.
 */
export type ConfigChoices = Choices<ConfigDocument>;

type LeafPath<Section> = {
  [Name in keyof Section & string]: Section[Name] extends Leaf ? Name : `${Name}.${LeafPath<Section[Name]>}`;
}[keyof Section & string];

/** Dotted, e.g. `processing.silenceThresholdDb`. */
export type SettingPath = LeafPath<ConfigDocument>;

type LeafAt<Section, Path extends string> = Path extends `${infer Name extends keyof Section & string}.${infer Rest}`
  ? LeafAt<Section[Name], Rest>
  : Path extends keyof Section
    ? Section[Path]
    : never;

export type SettingValue<Path extends SettingPath> = LeafAt<ConfigDocument, Path>;

export const CONFIG_SECTIONS = Object.keys(CONFIG_DEFAULTS) as (keyof ConfigDocument)[];
export type ConfigSection = keyof ConfigDocument;
