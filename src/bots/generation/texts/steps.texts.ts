import type { Catalog } from '../../../features/bot-messages/index.js';

/** The way to an order, step by step. */
export const stepsTexts = {
  'step.photo': {
    en: '📷 Send a photo of the product: as a picture or as a file, JPEG, PNG or WebP up to 10 MB.',
    ru: '📷 Пришлите фото товара: картинкой или файлом, JPEG, PNG или WebP до 10 МБ.',
  },
  'step.product': {
    en: '📝 What is it? Describe the product in your own words, from 3 to 1000 characters.',
    ru: '📝 Что это за товар? Опишите его своими словами, от 3 до 1000 символов.',
  },
  'step.kind': {
    en: '🎭 Which kind of video?\n\n• UGC – like a clip of a customer\n• Ad – like a commercial\n• My own prompt – just as you describe it',
    ru: '🎭 Какое видео сделать?\n\n• UGC – как ролик от покупателя\n• Реклама – как рекламный ролик\n• Свой промпт – точно так, как вы опишете',
  },
  'step.wishes': {
    en: '✨ Any wishes for the video: place, mood, people? If there are none, send a dash: -',
    ru: '✨ Есть пожелания к видео: место, настроение, люди? Если нет, пришлите прочерк: -',
  },
  'step.prompt': {
    en: '✍️ Write the prompt: what is to be seen and heard in the video, up to 2000 characters.',
    ru: '✍️ Напишите промпт: что должно быть видно и слышно в видео, до 2000 символов.',
  },
  'step.count': {
    en: '🔢 How many videos?\n\nOne video costs {price}. You have {available}.',
    ru: '🔢 Сколько видео сделать?\n\nОдно видео стоит {price}. У вас {available}.',
  },
  'step.summary': {
    en: '👀 Is everything right?\n\n<b>Product:</b> {product}\n<b>Video:</b> {kind}{words}\n<b>How many:</b> {count}\n<b>Price:</b> {price}',
    ru: '👀 Всё верно?\n\n<b>Товар:</b> {product}\n<b>Видео:</b> {kind}{words}\n<b>Сколько:</b> {count}\n<b>Цена:</b> {price}',
  },
  'summary.wishes': { en: 'Wishes', ru: 'Пожелания' },
  'summary.prompt': { en: 'Prompt', ru: 'Промпт' },

  'button.ugc': { en: 'UGC', ru: 'UGC' },
  'button.ad': { en: 'Ad', ru: 'Реклама' },
  'button.own': { en: 'My own prompt', ru: 'Свой промпт' },
  'button.count': { en: '{count} · {price}', ru: '{count} · {price}' },
  'button.count.short': {
    en: '{count} · {price} ({missing} more needed)',
    ru: '{count} · {price} (нужно ещё {missing})',
  },
  'button.go': { en: '✅ Generate', ru: '✅ Создать' },
  'button.back': { en: '◀ Back', ru: '◀ Назад' },
  'button.cancel': { en: '✖ Cancel', ru: '✖ Отмена' },

  'photo.accepted': { en: '👍 Got the photo.', ru: '👍 Фото получено.' },
  'photo.welcome': {
    en: '👍 Got the photo. 🎁 A welcome gift for you: {credits}!',
    ru: '👍 Фото получено. 🎁 Вам подарок: {credits}!',
  },
  'photo.wrong_type': {
    en: 'This is no picture that I can use. Send a JPEG, PNG or WebP, please.',
    ru: 'С таким файлом не получится. Пришлите, пожалуйста, JPEG, PNG или WebP.',
  },
  'photo.too_large': {
    en: 'This file is too large: up to {limit} MB, please.',
    ru: 'Файл слишком большой: можно до {limit} МБ.',
  },
  'photo.too_small': {
    en: 'This picture is too small: at least {pixels} pixels on each side, please.',
    ru: 'Фото слишком маленькое: нужно хотя бы {pixels} пикселей по каждой стороне.',
  },
  'photo.unreachable': {
    en: 'Telegram did not give me this photo. Please send it again.',
    ru: 'Telegram не отдал мне это фото. Пришлите его ещё раз, пожалуйста.',
  },
  'photo.gone': {
    en: 'The photo of this product is not kept any more. Please send it again.',
    ru: 'Фото этого товара уже не хранится. Пришлите его ещё раз, пожалуйста.',
  },
  'text.too_short': {
    en: 'That is too short: at least {min} characters, please.',
    ru: 'Слишком коротко: нужно хотя бы {min} символа.',
  },
  'text.too_long': {
    en: 'That is too long: up to {max} characters, and yours has {length}.',
    ru: 'Слишком длинно: можно до {max} символов, а у вас {length}.',
  },

  'expected.photo': {
    en: 'I am waiting for a photo of the product: a picture or an image file.',
    ru: 'Сейчас нужно фото товара: картинка или файл с изображением.',
  },
  'expected.product': {
    en: 'I am waiting for the description of the product, in words.',
    ru: 'Сейчас нужно описание товара, словами.',
  },
  'expected.wishes': {
    en: 'I am waiting for your wishes, in words, or for a dash: -',
    ru: 'Сейчас нужны пожелания, словами, или прочерк: -',
  },
  'expected.prompt': {
    en: 'I am waiting for the prompt, in words.',
    ru: 'Сейчас нужен промпт, словами.',
  },
  'expected.kind': { en: 'Choose the kind of video with a button, please.', ru: 'Выберите вид видео кнопкой.' },
  'expected.count': { en: 'Choose how many videos with a button, please.', ru: 'Выберите количество видео кнопкой.' },
  'expected.summary': {
    en: 'Press «✅ Generate» if everything is right, or go back.',
    ru: 'Если всё верно, нажмите «✅ Создать», или вернитесь назад.',
  },

  short: {
    en: 'Not enough credits: {missing} more needed',
    ru: 'Не хватает кредитов: нужно ещё {missing}',
  },
  unavailable: {
    en: 'Videos cannot be made at this moment. Nothing was taken from your balance. Please try again later.',
    ru: 'Сейчас видео сделать нельзя. С баланса ничего не списано. Попробуйте, пожалуйста, позже.',
  },
  dropped: { en: 'Cancelled.', ru: 'Отменено.' },
  'press.expired': { en: 'This has expired, start again', ru: 'Кнопка устарела, начните заново' },
  'press.passed': { en: 'This step is behind us: see my last message', ru: 'Этот шаг уже пройден: смотрите ниже' },
  'press.ordered': { en: 'These videos are being made already', ru: 'Эти видео уже делаются' },
  'press.forgotten': { en: 'I do not know this video any more', ru: 'Этого видео у меня уже нет' },
} satisfies Catalog;
