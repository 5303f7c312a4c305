import { type Catalogue, type Coded, type None, textOf } from "../coded.ts";

export const TOOL_LABELS = {
  name: "Name",
  description: "Description",
  icon: "Icon",
  group: "Group",
  systemPrompt: "Prompt",
  model: "Model",
  effort: "Effort",
  pictureDetail: "Detail of pictures",
  temperature: "Temperature",
  maxTokens: "Longest reply",
  active: "Active",
  order: "Place in the list",
  ceiling: "Budget a day",
  fallbackModel: "Cheaper model",
  chain: "If the model fails",
  ladder: "Near the end of the budget",
  starters: "Questions to start with",
  keyTerms: "Names and terms",
  remembers: "Remembers conversations",
  keepsRecordings: "Keeps recordings",
  hearingModel: "Model that hears recordings",
  whatsapp: "WhatsApp",
  examples: "Examples",
  greeting: "Greeting",
  language: "Language of these texts",
  texts: "In other languages",
  experiments: "Experiments",
} as const;

/** Names of the editor's fields. */
export const TOOL_FIELD_LABELS = {
  name: TOOL_LABELS.name,
  description: TOOL_LABELS.description,
  icon: TOOL_LABELS.icon,
  group: TOOL_LABELS.group,
  systemPrompt: TOOL_LABELS.systemPrompt,
  model: TOOL_LABELS.model,
  effort: TOOL_LABELS.effort,
  pictureDetail: TOOL_LABELS.pictureDetail,
  temperature: TOOL_LABELS.temperature,
  maxTokens: TOOL_LABELS.maxTokens,
  active: TOOL_LABELS.active,
  ceiling: TOOL_LABELS.ceiling,
  fallbackModel: TOOL_LABELS.fallbackModel,
  chain: TOOL_LABELS.chain,
  downgradeFrom: "Cheaper model from, in percent",
  clamp: "Shorter replies near the end",
  starters: TOOL_LABELS.starters,
  keyTerms: TOOL_LABELS.keyTerms,
  remembers: TOOL_LABELS.remembers,
  keepsRecordings: TOOL_LABELS.keepsRecordings,
  hearingModel: TOOL_LABELS.hearingModel,
  whatsapp: TOOL_LABELS.whatsapp,
  whatsappScope: "Purpose on WhatsApp",
  examples: TOOL_LABELS.examples,
  greeting: TOOL_LABELS.greeting,
  language: TOOL_LABELS.language,
  translations: TOOL_LABELS.texts,
} as const;

/** A field's value in a conflict. */
export const FIELD_VALUES = {
  yes: "yes",
  no: "no",
  example: (question: string, answer: string) => `Question: ${question}\nReply: ${answer}`,
} as const;

export const TOOL_TAKES = {
  name: (most: number) => `Give it a name of at most ${most} characters.`,
  atMost: (most: number) => `At most ${most.toLocaleString("en")} characters.`,
  icon: "One emoji.",
  model: "Choose a model.",
  effort: "Choose an effort.",
  pictureDetail: "Choose low or high.",
  temperature: "A number from 0 to 2, such as 0.7.",
  maxTokens: (most: number) => `A whole number from 1 to ${most.toLocaleString("en")}.`,
  active: "Yes or no.",
  ceiling: "Dollars such as 2 or 0.50; nothing for no limit.",
  fallbackModel: "Choose a model, or let the program choose.",
  chain: (most: number) => `At most ${most} models, one on each line.`,
  ladder: "A share from 1 to 100 percent, or never.",
  remembers: "Yes or no.",
  keepsRecordings: "Yes or no.",
  hearingModel: "The name of a model, or nothing.",
  starters: (most: number, length: number) =>
    `At most ${most} questions, each on a line of at most ${length} characters.`,
  keyTerms: (most: number, length: number) =>
    `At most ${most} names and terms, each on a line of at most ${length} characters.`,
  language: "Choose a language.",
  translations: (most: { name: number; description: number; greeting: number; group: number }) =>
    `In each language a name of at most ${most.name} characters, a description of at most ${most.description}, a greeting of at most ${most.greeting}, a group of at most ${most.group}, and questions as above.`,
  examples: (question: number, answer: number) =>
    `An example has a question of at most ${question} characters and a reply of at most ${
      answer.toLocaleString("en")
    }.`,
} as const;

export const IMPORT = {
  unnamed: (place: number) => `Tool ${place} of the file`,
  unknownFields: (names: string) => `Not known here and left out: ${names}`,
  modelReplaced: (end: string, to: string) => `${end} The tool gets ${to} in its place.`,
  noTool: "it is no tool",
  wrong: "not right",
  tooLong: "its texts are too long together",
  dollars: "dollars such as 2 or 0.50",
  twice: (id: string) => `“${id}” stands in this file more than once`,
  renamed: (from: string, to: string) => `Its id “${from}” becomes “${to}”.`,
} as const;

/** Origins of a tool's version. */
export interface HistoryParams {
  before: None;
  changed: None;
  copied: { from: string };
  created: None;
  deleted: None;
  discarded: None;
  imported: None;
  model_replaced: { from: string; to: string };
  moved: None;
  /** A variant of an experiment became the tool. */
  promoted: { name: string; letter: string };
  restored: { version: number };
  switched_off: None;
  switched_on: None;
  unbinned: None;
}

export const HISTORY: Catalogue<HistoryParams> = {
  before: "as it was before",
  changed: "changed",
  copied: ({ from }) => `copied from ${from}`,
  created: "created",
  deleted: "deleted",
  discarded: "discarded",
  imported: "imported",
  model_replaced: ({ from, to }) => `${from} replaced by ${to}`,
  moved: "moved",
  promoted: ({ name, letter }) => `version ${letter} of the experiment “${name}”`,
  restored: ({ version }) => `back to version ${version}`,
  switched_off: "switched off",
  switched_on: "switched on",
  unbinned: "taken out of the bin",
};

export const CHECKS = {
  noPrompt: "Write what this assistant is for and how it should answer.",
  textsTooLong: (length: number, most: number) =>
    `Prompt, examples and other texts are too long together: ${
      length.toLocaleString("en")
    } characters of at most ${most.toLocaleString("en")}.`,
  longPrompt: (tokens: number, typical: { percent: number; usd: string } | null) =>
    `The prompt is long: about ${tokens.toLocaleString("en")} tokens with every message${
      typical === null ? "" : `, ${typical.percent}% of what a typical one costs (${typical.usd})`
    }.`,
  unpriced: (model: string) =>
    `No price is known for “${model}”, so it would answer nobody. Choose another model, or add its price.`,
  modelEnds: (end: string, replacement: string | null) =>
    `${end} Choose another model${replacement === null ? "" : `, such as ${replacement}`}.`,
  sameModel: "The cheaper model is the model itself, so nothing changes.",
  unpricedFallback: (model: string) => `No price is known for “${model}”.`,
  neverAsked: (model: string) => `No price is known for “${model}”, so it is never asked.`,
  notCheaper: (fallback: string, model: string) =>
    `“${fallback}” is not cheaper than “${model}”, so it will never be used.`,
  deaf: (model: string) =>
    `“${model}” takes no recordings. Choose one that does, such as gpt-audio-1.5 or a Gemini model. For a server of your own, LLM_AUDIO_ and its name say what it takes.`,
  audioUnpriced: (model: string) =>
    `No price of audio is known for “${model}”. Add it under Providers and models, with the prices of its text.`,
  noCeiling: "Without a budget nothing limits what this tool may cost.",
  ceilingTooLow: (ceiling: string, reply: string) =>
    `${belowOne(ceiling, reply)}, so it would answer nobody.`,
  ceilingLow: (ceiling: string, reply: string) =>
    `${belowOne(ceiling, reply)}: replies are cut short, and the day is soon over.`,
  sameName: (name: string, id: string) => `“${name}” (${id}) has the same name.`,
  erratic: "Above 1.2 replies become erratic with most models.",
  noScope:
    "WhatsApp does not allow general assistants: say in a sentence or two what this one is for.",
  noDescription: "Without a description people cannot tell what it is for.",
} as const;

function belowOne(ceiling: string, reply: string): string {
  return `A budget of ${ceiling} a day is below one reply at its longest (${reply})`;
}

export function typicalMessage(usd: string, promptPercent: number, promptTokens: number): string {
  return `A typical message costs about ${usd}. ${promptPercent}% of it is the prompt, of about ${
    promptTokens.toLocaleString("en")
  } tokens.`;
}

/** Text of a version's origin. */
export function historyText(how: Coded<HistoryParams>): string {
  // None of them contains a time.
  return textOf(HISTORY, how, { language: "en", timeZone: "UTC", now: 0 });
}
