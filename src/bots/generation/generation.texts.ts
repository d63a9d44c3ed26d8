import type { Catalog } from '../../features/bot-messages/index.js';
import { menuTexts } from './texts/menu.texts.js';
import { outcomeTexts } from './texts/outcome.texts.js';
import { stepsTexts } from './texts/steps.texts.js';

/** The words of the generation bot. */
export const generationTexts = { ...menuTexts, ...stepsTexts, ...outcomeTexts } satisfies Catalog;
