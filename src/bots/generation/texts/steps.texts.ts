import type { Catalog } from '../../../features/bot-messages/index.js';

/** The way to an order, step by step. */
export const stepsTexts = {
  'step.photo': {
    en: '📷 Send a photo of the product, as a picture or as a file: JPEG, PNG or WebP, up to 10 MB.',
    ru: '📷 Пришлите фото товара, картинкой или файлом: JPEG, PNG или WebP, до 10 МБ.',
  },
  'step.product': {
    en: '📝 What is it? Describe the product in your own words, 3 to 1000 characters.',
    ru: '📝 Что это за товар? Опишите его своими словами, от 3 до 1000 символов.',
  },
  'step.kind': {
    en: '🎭 Which kind of video?\n\n• UGC – like a customer’s own clip\n• Ad – like a commercial\n• My own prompt – just as you describe it',
    ru: '🎭 Какое видео сделать?\n\n• UGC – как ролик от покупателя\n• Реклама – как рекламный ролик\n• Свой промпт – точно так, как вы опишете',
  },
  'step.wishes': {
    en: '✨ Any wishes for the video: place, mood, people? If there are none, send a dash: -',
    ru: '✨ Есть пожелания к видео: место, настроение, люди? Если нет, пришлите прочерк: -',
  },
  'step.prompt': {
    en: '✍️ Write the prompt: what we see and hear in the video, up to 2000 characters.',
    ru: '✍️ Напишите промпт: что должно быть видно и слышно в видео, до 2000 символов.',
  },
  'step.count': {
    en: '🔢 How many videos?\n\nOne video costs {price}. You have {available}.',
    ru: '🔢 Сколько видео сделать?\n\nОдно видео стоит {price}. У вас {available}.',
  },
  'step.summary': {
    en: '👀 Is everything right?\n\n<b>Product:</b> {product}\n<b>Video:</b> {kind}',
    ru: '👀 Всё верно?\n\n<b>Товар:</b> {product}\n<b>Видео:</b> {kind}',
  },
  'summary.wishes': { en: '<b>Wishes:</b> {words}', ru: '<b>Пожелания:</b> {words}' },
  'summary.prompt': { en: '<b>Prompt:</b> {words}', ru: '<b>Промпт:</b> {words}' },
  'summary.price': {
    en: '<b>How many:</b> {count}\n<b>Price:</b> {price}',
    ru: '<b>Сколько:</b> {count}\n<b>Цена:</b> {price}',
  },

  'button.ugc': { en: 'UGC', ru: 'UGC' },
  'button.ad': { en: 'Ad', ru: 'Реклама' },
  'button.own': { en: 'My own prompt', ru: 'Свой промпт' },
  'button.count': { en: '{videos} · {price}', ru: '{videos} · {price}' },
  'button.count.short': {
    en: '{videos} · {price} (need {missing} more)',
    ru: '{videos} · {price} (нужно ещё {missing})',
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
    en: 'I cannot use this file: JPEG, PNG or WebP, please. If it is another kind of picture, such as HEIC, send it as a photo and not as a file.',
    ru: 'С таким файлом не получится: нужен JPEG, PNG или WebP. Если это картинка другого вида, например HEIC, пришлите её как фото, а не файлом.',
  },
  'photo.too_large': {
    en: 'This file is too large: up to {limit} MB, please. Sent as a photo and not as a file, it becomes smaller by itself.',
    ru: 'Файл слишком большой: можно до {limit} МБ. Пришлите его как фото, а не файлом, и он уменьшится сам.',
  },
  'photo.too_small': {
    en: 'This picture is too small: at least {pixels} pixels on each side, please.',
    ru: 'Фото слишком маленькое: нужно хотя бы {pixels} пикселей по каждой стороне.',
  },
  'photo.too_many_pixels': {
    en: 'This picture is too big: up to {pixels} pixels on each side, please. Sent as a photo and not as a file, it becomes smaller by itself.',
    ru: 'Изображение слишком большое: можно до {pixels} пикселей по каждой стороне. Пришлите его как фото, а не файлом, и оно уменьшится само.',
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
    en: 'Press “✅ Generate” if everything is right, or go back to change something.',
    ru: 'Если всё верно, нажмите «✅ Создать». Если нет, вернитесь назад.',
  },

  short: {
    en: 'Not enough credits: {missing} more needed',
    ru: 'Не хватает кредитов: нужно ещё {missing}',
  },
  'short.kept': {
    en: 'Your order is kept: press the same button again when the credits are here.',
    ru: 'Ваш заказ сохранён: когда кредиты появятся, нажмите ту же кнопку ещё раз.',
  },
  unavailable: {
    en: 'Videos cannot be made at the moment. Nothing was taken from your balance.',
    ru: 'Сейчас создать видео не получится. С баланса ничего не списано.',
  },
  dropped: { en: 'Cancelled.', ru: 'Отменено.' },
  'dropped.nothing': {
    en: 'There is nothing to cancel. Videos that were started go on.',
    ru: 'Отменять нечего. Уже запущенные видео продолжают создаваться.',
  },
  'press.expired': { en: 'This has expired, start again', ru: 'Кнопка устарела, начните заново' },
  'press.passed': {
    en: 'We are past this step: see my last message',
    ru: 'Этот шаг уже пройден: смотрите моё последнее сообщение',
  },
  'press.ordered': { en: 'These videos are ordered already', ru: 'Эти видео уже заказаны' },
  'press.forgotten': { en: 'I do not know this video any more', ru: 'Этого видео у меня уже нет' },
} satisfies Catalog;
