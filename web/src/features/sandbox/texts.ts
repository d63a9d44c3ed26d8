import { defineTexts } from '../../shared/i18n/texts';
import { sandboxEnglish } from './texts.en';
import { sandboxRussian } from './texts.ru';

export const sandboxTexts = defineTexts(sandboxEnglish, sandboxRussian);
