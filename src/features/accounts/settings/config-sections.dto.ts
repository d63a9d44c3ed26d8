import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, Length } from 'class-validator';
import { CONFIG_DEFAULTS, SUBTITLE_FORMATS, TOPIC_GRANULARITIES, type ConfigDocument } from './config-document.js';
import type { SubtitleFormat, TopicGranularity } from './config-document.js';
import { IsMetadataTemplate } from './metadata-template.js';
import {
  ChoiceSetting,
  ChoicesSetting,
  FlagSetting,
  NumberSetting,
  TextSetting,
  WholeNumberSetting,
} from './setting-decorators.js';

const { processing, transcription, download, upload, metadata } = CONFIG_DEFAULTS;

const DAY_SEC = 86_400;
const MOST_DAYS = 3_650;
const MOST_TAGS = 50;
const LONGEST_TAG = 100;

export class ProcessingConfigDto implements Readonly<ConfigDocument['processing']> {
  @FlagSetting(processing.autoProcess, 'Whether new recordings are processed by themselves')
  autoProcess!: boolean;

  @FlagSetting(processing.cutSilence, 'Whether silence is cut out')
  cutSilence!: boolean;

  @NumberSetting(processing.silenceThresholdDb, { min: -90, max: -5, description: 'dBFS; what is softer is silence' })
  silenceThresholdDb!: number;

  @NumberSetting(processing.minSilenceSec, { min: 0.1, max: 600, description: 'Seconds; shorter silence stays' })
  minSilenceSec!: number;

  @NumberSetting(processing.marginBeforeSec, { min: 0, max: 30, description: 'Seconds of silence kept before sound' })
  marginBeforeSec!: number;

  @NumberSetting(processing.marginAfterSec, { min: 0, max: 30, description: 'Seconds of silence kept after sound' })
  marginAfterSec!: number;

  @WholeNumberSetting(processing.warnCutPercent, {
    min: 1,
    max: 100,
    description: 'A dry run warns when more of the recording would be cut out',
  })
  warnCutPercent!: number;

  @FlagSetting(processing.normalizeLoudness, 'Whether loudness is normalised (EBU R 128)')
  normalizeLoudness!: boolean;

  @NumberSetting(processing.targetLoudnessLufs, { min: -40, max: -5, description: 'LUFS; what it is normalised to' })
  targetLoudnessLufs!: number;
}

export class TranscriptionConfigDto implements Readonly<ConfigDocument['transcription']> {
  @FlagSetting(transcription.enableTranscription, 'Whether speech is transcribed')
  enableTranscription!: boolean;

  @FlagSetting(transcription.enableTopics, 'Whether topics are extracted from the transcript')
  enableTopics!: boolean;

  @FlagSetting(transcription.enableSubtitles, 'Whether subtitles are made from the transcript')
  enableSubtitles!: boolean;

  @TextSetting(transcription.language, {
    maxLength: 3,
    pattern: { regex: /^[a-z]{2,3}$/, message: 'must be an ISO 639 code like en' },
    description: 'ISO 639 code of what is spoken; null: it is found out',
    example: 'ru',
  })
  language!: string | null;

  @ChoiceSetting(transcription.granularity, TOPIC_GRANULARITIES, 'How finely topics are told apart')
  granularity!: TopicGranularity;

  @ChoicesSetting(transcription.subtitleFormats, SUBTITLE_FORMATS, 'In which formats subtitles are made')
  subtitleFormats!: SubtitleFormat[];
}

export class DownloadConfigDto implements Readonly<ConfigDocument['download']> {
  @WholeNumberSetting(download.minDurationSec, {
    min: 0,
    max: DAY_SEC,
    description: 'Seconds; shorter recordings are skipped',
  })
  minDurationSec!: number;

  @FlagSetting(download.allowSkipped, 'Whether skipped recordings may be downloaded and processed all the same')
  allowSkipped!: boolean;

  @WholeNumberSetting(download.keepFilesDays, {
    min: 1,
    max: MOST_DAYS,
    description: 'Days after which video and audio files go (transcripts stay); null: they are kept',
    example: 90,
  })
  keepFilesDays!: number | null;
}

export class UploadConfigDto implements Readonly<ConfigDocument['upload']> {
  @FlagSetting(upload.autoUpload, 'Whether what is ready is uploaded by itself')
  autoUpload!: boolean;

  @FlagSetting(upload.requireApproval, 'Whether an upload waits until its owner has approved it')
  requireApproval!: boolean;
}

export class MetadataConfigDto implements Readonly<ConfigDocument['metadata']> {
  @TextSetting(metadata.titleTemplate, {
    minLength: 1,
    maxLength: 200,
    description: 'May name {display_name}, {date} and {topics}',
    example: '{display_name}, {date}',
  })
  @IsMetadataTemplate()
  titleTemplate!: string;

  @TextSetting(metadata.descriptionTemplate, {
    maxLength: 5_000,
    description: 'May name {display_name}, {date} and {topics}',
  })
  @IsMetadataTemplate()
  descriptionTemplate!: string;

  @TextSetting(metadata.dateFormat, {
    minLength: 1,
    maxLength: 40,
    description: 'How {date} is written, in tokens of Unicode TR 35 as Luxon knows them',
    example: 'dd.MM.yyyy',
  })
  dateFormat!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: LONGEST_TAG },
    maxItems: MOST_TAGS,
    uniqueItems: true,
    default: [],
    example: ['lecture', 'mathematics'],
    description: 'Of everything that is uploaded',
  })
  @IsArray()
  @ArrayMaxSize(MOST_TAGS)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, LONGEST_TAG, { each: true })
  tags!: string[];
}
