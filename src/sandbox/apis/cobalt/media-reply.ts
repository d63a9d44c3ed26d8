import { RECIPES } from '../../media-site/samples.js';
import type { LinkFacts } from '../link-facts.js';
import { hostileUrl, type MediaLinks, scriptedPath } from '../media-links.js';
import type { Script } from '../scripts.js';
import type { CobaltWish } from './request-check.js';
import type { Tunnels } from './tunnels.js';

export interface Order {
  wish: CobaltWish;
  facts: LinkFacts;
  script: Script;
  /** Stands in the links that are handed out. */
  ask: string;
}

/** Services whose media cobalt passes on itself. */
const TUNNELLED = ['youtube', 'tiktok'];

/** Paths on the media site that serve a sample without ranges, as tunnels do: with its length, and with a guess. */
const TUNNEL_ENDS: Readonly<Record<string, string>> = { known: 'norange.mp4', estimated: 'unsized.mp4' };

/** What `POST /` answers when all is well. */
export function mediaReply(order: Order, media: MediaLinks, tunnels: Tunnels): object {
  const { script, facts, wish } = order;
  if (script.behaviour === 'picker') return picker(order, media);
  if (script.behaviour === 'localProcessing') return localProcessing(order, media, tunnels);
  const { path, filename } = served(order);
  const isTunnel = wish.alwaysProxy || TUNNELLED.includes(facts.platform);
  if (script.behaviour === 'redirect' || (!isTunnel && !['tunnel', 'expiredTunnel'].includes(script.behaviour))) {
    return { status: 'redirect', url: media.medium(script, path, { api: 'cobalt', ask: order.ask }), filename };
  }
  return { status: 'tunnel', url: tunnel(order, media, tunnels, path, filename), filename };
}

/** A hostile instance leads elsewhere in place of a tunnel. */
function tunnel({ script, ask }: Order, media: MediaLinks, tunnels: Tunnels, path: string, filename: string): string {
  const isExpired = script.behaviour === 'expiredTunnel';
  const end = tunnelEnd(script, path);
  return (
    hostileUrl(script, media.mediaUrl) ?? media.at(tunnels.dig(end, filename, { isExpired }), { api: 'cobalt', ask })
  );
}

function tunnelEnd(script: Script, path: string): string {
  const scripted = scriptedPath(script, path);
  const end = TUNNEL_ENDS[script.how ?? 'known'];
  return scripted === path && Object.hasOwn(RECIPES, path) && end !== undefined ? `${end}?sample=${path}` : scripted;
}

function served({ wish: { downloadMode, audioFormat }, facts }: Order): { path: string; filename: string } {
  const name = `${facts.platform}_${facts.id}`;
  if (downloadMode === 'auto') return { path: facts.sample, filename: `${name}.mp4` };
  if (downloadMode === 'mute') return { path: 'noaudio.mp4', filename: `${name}_mute.mp4` };
  // Two sounds are there: whatever is not MP3 is M4A.
  return audioFormat === 'mp3'
    ? { path: 'sound.mp3', filename: `${name}_audio.mp3` }
    : { path: 'sound.m4a', filename: `${name}_audio.m4a` };
}

function picker({ script, facts, ask }: Order, media: MediaLinks): object {
  const mark = { api: 'cobalt', ask } as const;
  const [thumb, tall] = [media.at('photo.jpg', mark), media.at('photo-tall.jpg', mark)];
  return {
    status: 'picker',
    picker: [
      { type: 'photo', url: thumb, thumb },
      { type: 'photo', url: tall, thumb: tall },
      { type: 'video', url: media.medium(script, facts.sample, mark), thumb },
    ],
    audio: media.at('sound.mp3', mark),
    audioFilename: `${facts.platform}_${facts.id}_audio.mp3`,
  };
}

function localProcessing(order: Order, media: MediaLinks, tunnels: Tunnels): object {
  const { facts } = order;
  const filename = `${facts.platform}_${facts.id}.mp4`;
  return {
    status: 'local-processing',
    type: 'merge',
    service: facts.platform,
    tunnel: ['noaudio.mp4', 'sound.m4a'].map((path) => tunnel(order, media, tunnels, path, filename)),
    output: { type: 'video/mp4', filename, metadata: { title: facts.title, artist: facts.author } },
    audio: { copy: true, format: 'm4a', bitrate: '128' },
    isHLS: false,
  };
}
