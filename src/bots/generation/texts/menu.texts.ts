import type { Catalog } from '../../../features/bot-messages/index.js';

/** The menu and what is behind its buttons. */
export const menuTexts = {
  'menu.generate': { en: '🎬 Generate reels', ru: '🎬 Создать рилс' },
  'menu.balance': { en: '💳 Balance', ru: '💳 Баланс' },
  'menu.videos': { en: '📁 My videos', ru: '📁 Мои видео' },
  'menu.support': { en: '🆘 Support', ru: '🆘 Поддержка' },
  'menu.language': { en: '🌐 Language', ru: '🌐 Язык' },

  start: {
    en: 'Hello! I turn a photo of your product into short videos for Reels, Shorts and TikTok.\n\nPress “🎬 Generate reels” and send me a photo.\n\n/help – how it works\n/lang – язык',
    ru: 'Здравствуйте! Я делаю из фотографии товара короткие видео для Reels, Shorts и TikTok.\n\nНажмите «🎬 Создать рилс» и пришлите фото.\n\n/help – как это работает\n/lang – language',
  },
  help: {
    en: 'How it works:\n\n1. Press “🎬 Generate reels” and send a photo of the product.\n2. Describe the product in your own words.\n3. Choose a template: UGC looks like a customer’s own clip, Ad like a commercial; or write your own prompt.\n4. Say how many videos you want, and confirm.\n\nA video takes 1 to 30 minutes and arrives here by itself. If it cannot be made, your credits come back.\n\n/balance – credits and where they went\n/videos – my videos\n/cancel – drop the order that is not confirmed yet\n/lang – language',
    ru: 'Как это работает:\n\n1. Нажмите «🎬 Создать рилс» и пришлите фото товара.\n2. Опишите товар своими словами.\n3. Выберите шаблон: UGC похож на ролик покупателя, «Реклама» – на рекламный; или напишите свой промпт.\n4. Выберите, сколько видео нужно, и подтвердите.\n\nВидео готовится от 1 до 30 минут и придёт сюда само. Если сделать его не получится, кредиты вернутся.\n\n/balance – кредиты и на что они ушли\n/videos – мои видео\n/cancel – отменить оформление заказа\n/lang – язык',
  },
  menu: { en: 'What shall we do next?', ru: 'Чем займёмся?' },
  idle: {
    en: 'Press “🎬 Generate reels” to begin.',
    ru: 'Чтобы начать, нажмите «🎬 Создать рилс».',
  },
  'private.only': {
    en: 'I work in private chats only. Write to me: @{username}',
    ru: 'Я работаю только в личных сообщениях. Напишите мне: @{username}',
  },

  lang: {
    en: 'Which language shall I speak?\nНа каком языке говорить?',
    ru: 'На каком языке говорить?\nWhich language shall I speak?',
  },
  'lang.chosen': { en: 'I speak English with you now.', ru: 'Теперь я говорю с вами по-русски.' },

  support: { en: '🆘 Write to us: {contact}', ru: '🆘 Напишите нам: {contact}' },
  'support.none': {
    en: '🆘 Support has no address here yet. Please write to whoever told you about this bot.',
    ru: '🆘 Адреса поддержки здесь пока нет. Напишите, пожалуйста, тому, от кого вы узнали об этом боте.',
  },
  'top_up.contact': { en: 'To top up, write to {contact}', ru: 'Чтобы пополнить баланс, напишите: {contact}' },
  'top_up.none': {
    en: 'To top up, write to whoever told you about this bot.',
    ru: 'Чтобы пополнить баланс, напишите тому, от кого вы узнали об этом боте.',
  },
  'button.top_up': { en: '💳 Top up', ru: '💳 Пополнить' },

  balance: { en: '💳 You have <b>{available}</b>', ru: '💳 У вас <b>{available}</b>' },
  'balance.held': { en: 'Set aside for videos in the making: {held}', ru: 'Отложено на видео в работе: {held}' },
  'balance.receipt': { en: 'History:', ru: 'История:' },
  'receipt.welcome': { en: 'welcome gift', ru: 'подарок новичку' },
  'receipt.grant': { en: 'granted', ru: 'начислено' },
  'receipt.purchase': { en: 'bought', ru: 'покупка' },
  'receipt.hold': { en: 'set aside for a video', ru: 'отложено на видео' },
  'receipt.capture': { en: 'spent: a video was made', ru: 'списано: видео готово' },
  'receipt.release': { en: 'back: a video was not made', ru: 'возврат: видео не получилось' },
  'receipt.refund': { en: 'refunded', ru: 'возврат' },
  'receipt.expiry': { en: 'expired', ru: 'срок истёк' },
  'receipt.adjustment': { en: 'corrected', ru: 'исправление' },

  videos: {
    en: '📁 Your videos. Press a number to get one again.',
    ru: '📁 Ваши видео. Нажмите на номер, и я пришлю видео ещё раз.',
  },
  'videos.none': {
    en: '📁 You have no videos yet. Press “🎬 Generate reels” to make the first.',
    ru: '📁 Видео пока нет. Нажмите «🎬 Создать рилс», чтобы сделать первое.',
  },
  'videos.ready': { en: '✅', ru: '✅' },
  'videos.moving': { en: '⏳ in the making', ru: '⏳ в работе' },
  'videos.gone': {
    en: 'This video is not kept any more',
    ru: 'Это видео уже не хранится',
  },
  'button.newer': { en: '◀ Newer', ru: '◀ Новее' },
  'button.older': { en: 'Older ▶', ru: 'Старше ▶' },
} satisfies Catalog;
