import type { Rule } from "./rules.ts";
import type { Source } from "./source.ts";

/** Public pages; the admin area is in English and keeps its texts. */
const PUBLIC = /^((components|islands|routes)\/(?!admin\/)|lib\/shared\/(?!languages|money))/;

/** Attributes that are shown or read out. */
const SAID = new Set(["alt", "aria-description", "aria-label", "label", "placeholder", "title"]);

/** Two small letters; commands and keys are in capitals. */
const WORD = /\p{Ll}{2}/u;

/** Begins with a capital, and goes on with another word or ends as a sentence does. */
const SENTENCE = /^\p{Lu}[\p{Ll}'’]*( \p{L}|[.…!?]$)/u;

/** Texts for people stand in lib/locales, where a missing one does not compile. */
export const noProseOutsideLocales: Rule = (sources) =>
  sources.filter(({ path }) => PUBLIC.test(path)).flatMap((source) =>
    proseIn(source).map(({ text, where }) =>
      `${source.path}: “${text}” ${where}: it belongs into lib/locales/page`
    )
  );

/** Islands get texts in props: an import would load the whole catalogue in the browser. */
export const islandsLoadNoCatalogue: Rule = (sources) => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return sources.filter(({ path }) => path.startsWith("islands/")).flatMap((island) => {
    const seen = new Set<string>();
    const todo = [island.path];
    for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      for (const { to, value } of byPath.get(path)?.imports ?? []) if (value) todo.push(to);
    }
    return [...seen].filter((path) => path.startsWith("lib/locales/"))
      .map((path) => `${island.path} loads ${path}: its texts come in props`);
  });
};

interface Prose {
  text: string;
  where: string;
}

function proseIn({ path, text }: Source): Prose[] {
  const found: Prose[] = [];
  const look = (node: Deno.lint.Node, words: string) => {
    const place = placeOf(node);
    if (place === "thrown" || !(place === "code" ? SENTENCE : WORD).test(words.trim())) return;
    found.push({
      text: words.trim().replace(/\s+/g, " "),
      where: place === "code" ? "looks like a sentence" : `is ${place}`,
    });
  };
  const create = (): Deno.lint.LintVisitor => ({
    JSXText: (node) => look(node, node.value),
    Literal: (node) => {
      if (typeof node.value !== "string") return;
      if (node.value === "en") found.push({ text: "en", where: "fixes the language" });
      else look(node, node.value);
    },
    TemplateElement: (node) => look(node, node.cooked),
  });
  Deno.lint.runPlugin({ name: "prose", rules: { prose: { create } } }, path, text);
  return found;
}

type Step = Deno.lint.Node | Deno.lint.TSParameterProperty;

function above(at: Step): Step | null {
  return "parent" in at ? at.parent ?? null : null;
}

/** Whether a text is shown, read out, thrown as an error, or something else. */
function placeOf(node: Deno.lint.Node): string {
  let shows = true;
  let at: Step = node;
  for (let parent = above(at); parent !== null; at = parent, parent = above(at)) {
    switch (parent.type) {
      case "JSXAttribute": {
        const name = parent.name.type === "JSXIdentifier" ? parent.name.name : "";
        if (shows && SAID.has(name)) return `read out as ${name}`;
        shows = false;
        break;
      }
      case "JSXElement":
      case "JSXFragment":
        if (shows) return "shown";
        break;
      case "NewExpression": {
        const { callee } = parent;
        return callee.type === "Identifier" && callee.name === "AppError" ? "code" : "thrown";
      }
      case "ConditionalExpression":
        shows &&= parent.test !== at;
        break;
      case "LogicalExpression":
      case "TemplateLiteral":
      case "JSXExpressionContainer":
        break;
      default:
        shows = false;
    }
  }
  return "code";
}
