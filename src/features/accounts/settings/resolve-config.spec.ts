import { CONFIG_DEFAULTS, type ConfigChoices } from './config-document.js';
import { explainConfig, resolveConfig, resolveSetting, type ConfigLayers } from './resolve-config.js';

const short: ConfigChoices = { transcription: { granularity: 'short' } };
const long: ConfigChoices = { transcription: { granularity: 'long' } };

describe('a setting', () => {
  it.each<[string, ConfigLayers, unknown, string]>([
    ['nobody', {}, 'long', 'default'],
    ['the user', { user: short }, 'short', 'user'],
    ['the template before the user', { template: long, user: short }, 'long', 'template'],
    ['the parameter before all', { parameter: short, template: long, user: long }, 'short', 'parameter'],
    ['the user when the template speaks of something else', { template: { upload: {} }, user: short }, 'short', 'user'],
    ['the user when the template says nothing', { template: { transcription: {} }, user: short }, 'short', 'user'],
    ['the user, though with what is the default', { user: long }, 'long', 'user'],
  ])('is decided by %s', (_, layers, value, source) => {
    expect(resolveSetting('transcription.granularity', layers)).toEqual({ value, source });
  });

  it('is taken for false, 0 and an empty list, too', () => {
    const layers: ConfigLayers = {
      template: { download: { minDurationSec: 0 }, transcription: { enableTopics: false, subtitleFormats: [] } },
      user: { download: { minDurationSec: 5 }, transcription: { enableTopics: true, subtitleFormats: ['srt'] } },
    };
    expect(resolveSetting('download.minDurationSec', layers)).toEqual({ value: 0, source: 'template' });
    expect(resolveSetting('transcription.enableTopics', layers)).toEqual({ value: false, source: 'template' });
    expect(resolveSetting('transcription.subtitleFormats', layers)).toEqual({ value: [], source: 'template' });
  });

  it('may be none where the default is none; elsewhere null says nothing', () => {
    const user: ConfigChoices = { platforms: { youtube: { playlistId: 'PL1', categoryId: '27' } } };
    const template = { platforms: { youtube: { playlistId: null, categoryId: null } } } as unknown as ConfigChoices;
    expect(resolveSetting('platforms.youtube.playlistId', { template, user })).toEqual({
      value: null,
      source: 'template',
    });
    expect(resolveSetting('platforms.youtube.categoryId', { template, user })).toEqual({ value: '27', source: 'user' });
  });

  it('is not what a layer merely inherits', () => {
    const user = Object.create(short) as ConfigChoices;
    expect(resolveSetting('transcription.granularity', { user }).source).toBe('default');
  });
});

describe('all settings', () => {
  it('are the defaults when nobody says anything, and not the very same objects', () => {
    const resolved = resolveConfig({});
    expect(resolved).toEqual(CONFIG_DEFAULTS);
    resolved.metadata.tags.push('changed');
    expect(CONFIG_DEFAULTS.metadata.tags).toEqual([]);
  });

  it('are decided one by one, without what the document does not have', () => {
    const layers = {
      parameter: { download: { allowSkipped: true } },
      template: { processing: { minSilenceSec: 5 }, unknown: { field: 1 } },
      user: { processing: { minSilenceSec: 9, marginAfterSec: 1 }, download: { allowSkipped: false } },
    } as ConfigLayers;
    const { processing, download } = CONFIG_DEFAULTS;
    expect(resolveConfig(layers)).toEqual({
      ...CONFIG_DEFAULTS,
      processing: { ...processing, minSilenceSec: 5, marginAfterSec: 1 },
      download: { ...download, allowSkipped: true },
    });
  });

  it('are explained by dotted path', () => {
    const explained = explainConfig({ template: long, user: { platforms: { vk_video: { groupId: 7 } } } });
    expect(explained['platforms.vk_video.groupId']).toEqual({ value: 7, source: 'user' });
    expect(explained['transcription.granularity']).toEqual({ value: 'long', source: 'template' });
    expect(explained['metadata.tags']).toEqual({ value: [], source: 'default' });
  });
});
