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
  'alert.generation_key_billing': {
    en: '💳 KIE account {account} (key {key}) has no money, the key is blocked for 24 hours: {reason}',
    ru: '💳 На счёте KIE {account} (ключ {key}) кончились деньги, ключ заблокирован на 24 часа: {reason}',
  },
  'alert.generation_key_billing.resolved': {
    en: '🟢 Key {key} of KIE is not blocked any more',
    ru: '🟢 Ключ KIE {key} больше не заблокирован',
  },
  'alert.generation_key_invalid': {
    en: '🔑 Key {key} of KIE (account {account}) does not work: {reason}',
    ru: '🔑 Ключ KIE {key} (счёт {account}) не работает: {reason}',
  },
  'alert.generation_key_invalid.resolved': {
    en: '🟢 Key {key} of KIE works again',
    ru: '🟢 Ключ KIE {key} снова работает',
  },
  'alert.generation_no_healthy_key': {
    en: '🚨 CRITICAL: none of the keys of KIE can be used ({keys} in all). No videos are made.',
    ru: '🚨 КРИТИЧНО: ни один ключ KIE не годен (всего {keys}). Видео не создаются.',
  },
  'alert.generation_no_healthy_key.resolved': {
    en: '🟢 There is a key of KIE that can be used',
    ru: '🟢 Есть годный ключ KIE',
  },
  'alert.generation_balance_low': {
    en: '💰 KIE account {subject}: {balance} credits left, less than {threshold}',
    ru: '💰 На счёте KIE {subject} осталось {balance} кредитов, это меньше {threshold}',
  },
  'alert.generation_balance_low.resolved': {
    en: '🟢 KIE account {subject} has enough credits',
    ru: '🟢 На счёте KIE {subject} достаточно кредитов',
  },
  'alert.generation_model_paused': {
    en: '⏸ KIE has paused {model}, videos are made by the next model, if there is one: {reason}',
    ru: '⏸ KIE приостановил {model}, видео создаёт следующая модель, если она есть: {reason}',
  },
  'alert.generation_model_paused.resolved': {
    en: '🟢 {model} is in use again',
    ru: '🟢 {model} снова в работе',
  },
  'alert.generation_config_failures': {
    en: '⚙️ Videos fail because KIE does not take what it is asked for, or no model is left: {jobs} in the last hour. The errors of generation say why',
    ru: '⚙️ Видео не создаются: KIE не принимает запрос или не осталось моделей. За последний час — {jobs}. Причина — в ошибках генерации',
  },
  'alert.generation_config_failures.resolved': {
    en: '🟢 For an hour no video has failed because of how KIE is asked',
    ru: '🟢 Уже час ни одно видео не сорвалось из-за настройки KIE',
  },
  'alert.generation_queue_old': {
    en: '⏳ Videos wait too long: {jobs} for more than 10 minutes, the oldest for {minutes}',
    ru: '⏳ Видео ждут слишком долго: больше 10 минут ждут {jobs}, дольше всех — {minutes} мин.',
  },
  'alert.generation_queue_old.resolved': {
    en: '🟢 No video waits for more than 10 minutes',
    ru: '🟢 Ни одно видео не ждёт больше 10 минут',
  },
  'alert.generation_failure_rate': {
    en: '🔴 {failureRate} % of the videos of the last hour have failed ({jobs} in all)',
    ru: '🔴 За последний час не удались {failureRate} % видео (всего {jobs})',
  },
  'alert.generation_failure_rate.resolved': {
    en: '🟢 Videos do not fail too often any more',
    ru: '🟢 Доля неудавшихся видео снова в норме',
  },
  'alert.credits_unproven': {
    en: '🧾 The books do not balance: the proof of the credits has found {problems} problems',
    ru: '🧾 Кредиты не сходятся: проверка нашла проблем: {problems}',
  },
  'alert.credits_unproven.resolved': { en: '🟢 The books balance again', ru: '🟢 Кредиты снова сходятся' },
  'alert.other': { en: '⚠️ {name}: {subject}', ru: '⚠️ {name}: {subject}' },
  'alert.other.resolved': { en: '🟢 {name}: {subject} is over', ru: '🟢 {name}: {subject}, всё прошло' },

  'alert.action.provider.disable': { en: '⛔ Disable', ru: '⛔ Отключить' },
  'alert.action.provider.end_cooldown': { en: '▶ End cooldown', ru: '▶ Снять паузу' },
  'alert.action.provider.extend_cooldown': { en: '⏸ Extend cooldown', ru: '⏸ Продлить паузу' },
  'alert.action.generation.unblock_key': { en: '🔓 Unblock', ru: '🔓 Разблокировать' },
  'alert.action.generation.resume_model': { en: '▶ Resume', ru: '▶ Включить' },
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
  'alert.done.generation.unblock_key': { en: '✔ Key {key} unblocked by {by}', ru: '✔ {by}: ключ {key} разблокирован' },
  'alert.done.generation.resume_model': { en: '✔ {model} resumed by {by}', ru: '✔ {by}: {model} снова в работе' },
  'alert.done.other': { en: '✔ {action} by {by}', ru: '✔ {by}: {action}' },
  'alert.press.again': { en: 'This was done already', ru: 'Это уже сделано' },
  'alert.press.over': { en: 'This alert is over', ru: 'Эта тревога уже прошла' },
  'alert.press.unknown': { en: 'This alert is not kept any more', ru: 'Этой тревоги больше нет в журнале' },

  'alerts.none': { en: '🟢 Nothing needs you', ru: '🟢 Всё в порядке' },
  'alerts.more': { en: '… and {count} more', ru: '… и ещё {count}' },
} satisfies Catalog;
