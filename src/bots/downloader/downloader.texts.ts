import type { Catalog } from '../../features/bot-messages/index.js';

/** The words of the downloader bot. */
export const downloaderTexts = {
  start: {
    en: 'Send me a link to a video and I’ll send you the video.\n\nYouTube, Shorts, TikTok, Instagram, Pinterest and more. Several links in one message are welcome.\n\n/help – how it works\n/lang – язык',
    ru: 'Пришлите ссылку на видео, и я пришлю само видео.\n\nYouTube, Shorts, TikTok, Instagram, Pinterest и другие. Можно несколько ссылок в одном сообщении.\n\n/help – как это работает\n/lang – language',
  },
  help: {
    en: 'Send a link. I show how far it is, and then send the video in reply.\n\n• Short videos take seconds, long ones minutes: what takes over three minutes goes on in the background.\n• «✖ Cancel» stops a download.\n• The buttons under a video bring it in another quality, or its sound alone; /audio and a link bring the sound at once.\n• In a group I answer messages with links.\n• If something fails, the last line of my answer is an error id: support can look it up.',
    ru: 'Пришлите ссылку. Я покажу, как идут дела, и пришлю видео ответом.\n\n• Короткие видео – секунды, длинные – минуты: что дольше трёх минут, продолжится в фоне.\n• «✖ Отмена» останавливает загрузку.\n• Кнопки под видео присылают его в другом качестве или только звук; /audio и ссылка – сразу звук.\n• В группе я отвечаю на сообщения со ссылками.\n• Если что-то не вышло, последняя строка ответа – код ошибки: поддержка найдёт по нему причину.',
  },
  lang: { en: 'Which language shall I speak?', ru: 'На каком языке говорить?' },
  'lang.chosen': { en: 'I speak English with you now.', ru: 'Теперь я говорю с вами по-русски.' },
  'send.link': {
    en: 'Send me a link to a video, please.',
    ru: 'Пришлите, пожалуйста, ссылку на видео.',
  },
  'button.cancel': { en: '✖ Cancel', ru: '✖ Отмена' },
  'cancel.too_late': { en: 'It is on its way already', ru: 'Уже отправляю' },
  'cancel.not_yours': {
    en: 'Only who sent the link may cancel it',
    ru: 'Отменить может только тот, кто прислал ссылку',
  },

  'status.queued': { en: '🕓 In the queue, place {place}', ru: '🕓 В очереди, место {place}' },
  'status.finding': { en: '🔎 Looking for the video…', ru: '🔎 Ищу видео…' },
  'status.busy': {
    en: '🕓 Many are downloading right now, I am waiting for a free place…',
    ru: '🕓 Сейчас много загрузок, жду свободного места…',
  },
  'status.no_room': {
    en: '🕓 My disk is full for the moment, I will start as soon as there is room…',
    ru: '🕓 У меня кончилось место на диске, начну, как только оно появится…',
  },
  'status.preparing': { en: '⏳ The video is being prepared…', ru: '⏳ Видео готовится…' },
  'status.preparing.progress': {
    en: '⏳ The video is being prepared… {percent}%',
    ru: '⏳ Видео готовится… {percent}%',
  },
  'status.downloading': { en: '⏬ Downloading…', ru: '⏬ Скачиваю…' },
  'status.progress': { en: '⏬ {progress}', ru: '⏬ {progress}' },
  'status.processing': { en: '🎞 Making it play well…', ru: '🎞 Готовлю к просмотру…' },
  'status.encoding': { en: '🎞 Making it play well… {percent}%', ru: '🎞 Готовлю к просмотру… {percent}%' },
  'status.uploading': { en: '⏫ Sending…', ru: '⏫ Отправляю…' },
  'status.background': {
    en: "Still working, I'll send it when it's ready",
    ru: 'Продолжаю в фоне, пришлю, когда будет готово',
  },
  'status.cancelled': { en: 'Cancelled', ru: 'Отменено' },
  'left.seconds': { en: '{seconds} s left', ru: 'ещё {seconds} с' },

  'caption.may_not_play': {
    en: 'Some players may not show this format.',
    ru: 'Некоторые плееры могут не показать этот формат.',
  },

  'button.quality': { en: '🎬 Quality', ru: '🎬 Качество' },
  'button.audio': { en: '🎵 Audio', ru: '🎵 Аудио' },
  'button.back': { en: '◀', ru: '◀' },
  'choice.repeated': { en: 'I am at it already', ru: 'Уже делаю' },
  'choice.forgotten': {
    en: 'That was too long ago: send the link again',
    ru: 'Это было давно: пришлите ссылку ещё раз',
  },
  'audio.usage': {
    en: 'Send the command with a link: /audio https://…',
    ru: 'Пришлите команду вместе со ссылкой: /audio https://…',
  },

  'error.id': { en: 'Error id: {ref}', ru: 'Код ошибки: {ref}' },
  'link.unsupported': { en: "I can't open this link", ru: 'Не могу открыть эту ссылку' },
  'failure.USER_URL': { en: "I can't open this link", ru: 'Не могу открыть эту ссылку' },
  'failure.CONTENT_AGE': {
    en: 'This video is age-restricted: it is shown only to people who are signed in.',
    ru: 'Видео с возрастным ограничением: его показывают только тем, кто вошёл в аккаунт.',
  },
  'failure.CONTENT_PRIVATE': {
    en: 'This video is private, or only for those who are signed in.',
    ru: 'Видео закрыто или доступно только после входа.',
  },
  'failure.CONTENT_GEO': {
    en: 'This video is not shown in the countries I can reach it from.',
    ru: 'Видео не показывают в странах, откуда я могу его взять.',
  },
  'failure.CONTENT_GONE': {
    en: 'There is no video at this link: it was removed, or the link is wrong.',
    ru: 'По этой ссылке нет видео: его удалили или ссылка неверна.',
  },
  'failure.CONTENT_DRM': {
    en: 'This video is protected against copying.',
    ru: 'Видео защищено от копирования.',
  },
  'failure.CONTENT_LIVE': {
    en: 'This is a live stream that is still running. Send the link again when it is over.',
    ru: 'Это прямой эфир, он ещё идёт. Пришлите ссылку, когда он закончится.',
  },
  'failure.CONTENT_PHOTO': { en: 'There is no video in this post.', ru: 'В этой публикации нет видео.' },
  'failure.CONTENT_TOO_LONG': {
    en: 'This video is too long: up to {hours} h, please.',
    ru: 'Видео слишком длинное: можно до {hours} ч.',
  },
  'failure.CONTENT_TOO_LARGE': {
    en: 'This video is too large: I can send up to {limit} MB.',
    ru: 'Видео слишком большое: могу прислать до {limit} МБ.',
  },
  'failure.audio.NO_FORMAT': { en: 'There is no sound in this video.', ru: 'В этом видео нет звука.' },
  'failure.STALL': {
    en: 'The site sends too slowly or not at all. Try again later.',
    ru: 'Сайт отдаёт слишком медленно или не отвечает. Попробуйте позже.',
  },
  'failure.overloaded': { en: '{platform} is overloaded, try later', ru: '{platform} перегружен, попробуйте позже' },
  'failure.other': {
    en: 'I could not get this video. Try again later.',
    ru: 'Не получилось скачать это видео. Попробуйте позже.',
  },
} satisfies Catalog;
