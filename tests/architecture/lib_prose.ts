import type { Rule } from "./rules.ts";
import type { Source } from "./source.ts";

/** Files of lib/ without catalogues; page_prose.ts checks lib/shared. */
const LOOKED_AT = /^lib\/(?!locales\/|shared\/)/;

/** Files whose prose is for models, for the operator's console, or examples of user input. */
const EXCEPTIONS: readonly RegExp[] = [
  // Start-up and command messages for the operator.
  /^lib\/(config(\.ts|\/)|platform\/proxies\.ts|commands\/)/,
  // Prompts.
  /^lib\/tools\/rules\/(scope|tool|defaults\/default_prompts|defaults\/tool_template_prompts)\.ts$/,
  /^lib\/whatsapp\/inbox\/tool_suggestions\.ts$/,
  /^lib\/memory\/rules\/(summary_prompt|note_block)\.ts$/,
  /^lib\/experiments\/golden\/rules\/judge_prompt\.ts$/,
  // Tools of a new store, and templates.
  /^lib\/tools\/rules\/defaults\/(default_tools|tool_templates|default_translations)\.ts$/,
  // Replies of the simulated model.
  /^lib\/llm\/mock\//,
  // Example messages of the simulator, and Greek letters.
  /^lib\/whatsapp\/(desk\/simulator|format\/format_math_signs)\.ts$/,
  // Phrases that mean STOP.
  /^lib\/whatsapp\/dialogue\/languages\//,
];

/** Callees that write to the log or to the operator. */
const SAYS_TO_THE_LOG = /(^|\.)(log|report|logged|tell|cron)$/;
const PLAIN_ERROR = /(Error|Fault|Write|Sent|Response|CutOff)$/;

const LEAST_WORDS = 3;
const WORD = /\p{L}{2,}/u;

/** Three words or more that begin or end as a sentence does; `Name=value; …` is none. */
function isProse(text: string): boolean {
  const trimmed = text.trim();
  if (/^\w+=/.test(trimmed)) return false;
  return trimmed.split(/\s+/).filter((word) => WORD.test(word)).length >= LEAST_WORDS &&
    (/^[\p{Lu}“]/u.test(trimmed) || /[.?!]$/.test(trimmed));
}

/** lib/ has codes only; lib/locales turns them into text. */
export const noProseInLib: Rule = (sources) =>
  sources.filter(({ path }) =>
    LOOKED_AT.test(path) && !EXCEPTIONS.some((exception) => exception.test(path))
  ).flatMap((source) =>
    proseIn(source).map((text) => `${source.path}: “${text}” belongs into lib/locales`)
  );

function proseIn({ path, text }: Source): string[] {
  const found: string[] = [];
  const look = (node: Deno.lint.Node, words: string) => {
    if (isProse(words) && !isForTheLog(node)) found.push(words.trim().replace(/\s+/g, " "));
  };
  const create = (): Deno.lint.LintVisitor => ({
    Literal: (node) => typeof node.value === "string" && look(node, node.value),
    TemplateLiteral: (node) => look(node, node.quasis.map(({ cooked }) => cooked).join("…")),
  });
  Deno.lint.runPlugin({ name: "prose", rules: { prose: { create } } }, path, text);
  return found;
}

type Step = Deno.lint.Node | Deno.lint.TSParameterProperty;

function isForTheLog(node: Deno.lint.Node): boolean {
  let toSuper = false;
  for (let at: Step | null = node; at !== null; at = "parent" in at ? at.parent ?? null : null) {
    if (at.type === "NewExpression") return isPlainError(at.callee);
    if (at.type === "CallExpression") {
      if (SAYS_TO_THE_LOG.test(nameOf(at.callee))) return true;
      toSuper ||= at.callee.type === "Super";
    }
    if (at.type === "ClassDeclaration" && toSuper && at.superClass) {
      return isPlainError(at.superClass);
    }
  }
  return false;
}

function isPlainError(type: Deno.lint.Node): boolean {
  const name = nameOf(type);
  return PLAIN_ERROR.test(name) && name !== "AppError";
}

function nameOf(callee: Deno.lint.Node): string {
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" && callee.property.type === "Identifier"
    ? `.${callee.property.name}`
    : "";
}
