import { hasVariable, variableProblems, VARIABLES } from './template-text.js';

export const TEMPLATE_KINDS = ['ugc', 'ad'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

export const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;
export const LONGEST_NAME = 60;
export const LONGEST_BODY = 8_000;
/** With the words of a person it must still be a prompt that video models take. */
export const LONGEST_FALLBACK = 4_000;
export const LARGEST_WEIGHT = 1_000;

interface Texts {
  body: string;
  fallback: string;
}

/** What is wrong with the texts of a template, in words for who has written them. */
export function textProblems({ body, fallback }: Texts): string[] {
  const missing = VARIABLES.filter((name) => !hasVariable(fallback, name));
  return [
    ...lengthProblems('what the LLM is told', body, LONGEST_BODY),
    ...lengthProblems('the fallback', fallback, LONGEST_FALLBACK),
    ...variableProblems(body).map((problem) => `what the LLM is told ${problem}`),
    ...variableProblems(fallback).map((problem) => `the fallback ${problem}`),
    ...missing.map((name) => `the fallback must have {{${name}}}: nothing else tells the video model`),
  ];
}

function lengthProblems(what: string, text: string, longest: number): string[] {
  if (text.trim() === '') return [`${what} is empty`];
  return text.length > longest ? [`${what} is longer than ${longest} characters`] : [];
}
