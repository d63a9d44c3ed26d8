import { defineTexts } from '../../shared/i18n/texts';
import { connectionsEnglish } from './texts.en';
import { connectionsRussian } from './texts.ru';

export const connectionsTexts = defineTexts(connectionsEnglish, connectionsRussian);
