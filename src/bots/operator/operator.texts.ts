import type { Catalog } from '../../features/bot-messages/index.js';

/**
 * What is said to the operator. The words of an alert are `alert.{name}` and, when it is over, `alert.{name}.resolved`;
 * they know its params and `{subject}`. The button of an action is `alert.action.{action}`, what it has done
 * `alert.done.{action}`, which knows `{by}`, too.
 */
export const operatorTexts = {
  'alert.provider_down': {
    en: '🔴 {provider} down: {errorRate} % errors',
    ru: '🔴 {provider} не работает: {errorRate} % ошибок',
  },
  'alert.provider_down.resolved': {
    en: '🟢 {provider} is not down any more',
    ru: '🟢 {provider}: сбой закончился',
  },
  'alert.budget_warning': {
    en: '💰 {provider} budget warning: ${spent}/${budget}',
    ru: '💰 {provider}, бюджет на исходе: ${spent}/${budget}',
  },
  'alert.budget_warning.resolved': {
    en: '🟢 {provider}: the budget is fine',
    ru: '🟢 {provider}: с бюджетом всё в порядке',
  },
  'alert.quota_warning': {
    en: '💰 {provider} quota warning: {used}/{limit} units of the month',
    ru: '💰 {provider}, квота на исходе: {used}/{limit} единиц в месяц',
  },
  'alert.quota_warning.resolved': {
    en: '🟢 {provider}: the quota is fine',
    ru: '🟢 {provider}: с квотой всё в порядке',
  },
  'alert.all_providers_down': {
    en: '🚨 CRITICAL: no working providers for {platform}',
    ru: '🚨 КРИТИЧНО: нет работающих провайдеров для {platform}',
  },
  'alert.all_providers_down.resolved': {
    en: '🟢 {platform}: providers work again',
    ru: '🟢 {platform}: провайдеры снова работают',
  },
  'alert.disk_low': {
    en: '💾 {subject}: {freeGb} GB left on the disk, {reserveGb} GB must stay free. New downloads wait.',
    ru: '💾 {subject}: на диске осталось {freeGb} ГБ, свободными должны быть {reserveGb} ГБ. Новые загрузки ждут.',
  },
  'alert.disk_low.resolved': {
    en: '🟢 {subject}: there is room on the disk again',
    ru: '🟢 {subject}: на диске снова есть место',
  },
  'alert.ytdlp_old': {
    en: '⏳ yt-dlp {version} is {ageDays} days old: {reason}',
    ru: '⏳ yt-dlp {version}, возраст {ageDays} дн.: {reason}',
  },
  'alert.ytdlp_old.resolved': { en: '🟢 yt-dlp is up to date', ru: '🟢 yt-dlp обновлён' },
  'alert.provider_config': {
    en: '🔧 {provider} cannot work as it is set up: {reason}',
    ru: '🔧 {provider} не может работать с такой настройкой: {reason}',
  },
  'alert.provider_config.resolved': {
    en: '🟢 {provider}: the setup is fine',
    ru: '🟢 {provider}: с настройкой всё в порядке',
  },
  'alert.provider_bug': {
    en: '🐞 {provider} fails again and again, the fault is its own: {code}',
    ru: '🐞 {provider} раз за разом даёт сбой по своей вине: {code}',
  },
  'alert.provider_bug.resolved': {
    en: '🟢 {provider} does not fail any more',
    ru: '🟢 {provider} больше не даёт сбоев',
  },
  'alert.other': { en: '⚠️ {name}: {subject}', ru: '⚠️ {name}: {subject}' },
  'alert.other.resolved': { en: '🟢 {name}: {subject} is over', ru: '🟢 {name}: {subject}, всё прошло' },

  'alert.action.provider.disable': { en: '⛔ Disable', ru: '⛔ Отключить' },
  'alert.action.provider.end_cooldown': { en: '▶ End cooldown', ru: '▶ Снять паузу' },
  'alert.action.provider.extend_cooldown': { en: '⏸ Extend cooldown', ru: '⏸ Продлить паузу' },
  'alert.action.other': { en: '{action}', ru: '{action}' },
  'alert.done.provider.disable': { en: '✔ {subject} disabled by {by}', ru: '✔ {by}: {subject} отключён' },
  'alert.done.provider.end_cooldown': {
    en: '✔ {subject}: cooldown ended by {by}',
    ru: '✔ {by}: {subject}, пауза снята',
  },
  'alert.done.provider.extend_cooldown': {
    en: '✔ {subject}: cooldown extended by {by}',
    ru: '✔ {by}: {subject}, пауза продлена',
  },
  'alert.done.other': { en: '✔ {action} by {by}', ru: '✔ {by}: {action}' },
  'alert.press.again': { en: 'This was done already', ru: 'Это уже сделано' },
  'alert.press.over': { en: 'This alert is over', ru: 'Эта тревога уже прошла' },
  'alert.press.unknown': { en: 'This alert is not kept any more', ru: 'Этой тревоги больше нет в журнале' },

  'alerts.none': { en: '🟢 Nothing needs you', ru: '🟢 Всё в порядке' },
  'alerts.more': { en: '… and {count} more', ru: '… и ещё {count}' },
} satisfies Catalog;
