import { transform } from "esbuild";

/** One changed place of a module. */
export interface Mutant {
  file: string;
  /** Place in the text, and the line of it, from 1. */
  at: number;
  line: number;
  before: string;
  after: string;
}

/** Replacements of operators, as they stand between spaces. */
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "+": ["-"],
  "-": ["+"],
  "*": ["+"],
  "/": ["*"],
  "%": ["*"],
};
const WORDS: Readonly<Record<string, readonly string[]>> = { true: ["false"], false: ["true"] };

/** Comments, texts, templates and regular expressions, which stay as they are. */
const SKIPPED =
  /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
const PLACE =
  /(?<= )(?:[<>]=?|[!=]==|&&|\|\||\?\?|[-+*/%])(?= |\n)|\b(?:true|false)\b|(?<![\w.$])\d[\d_]*n?\b(?![.\w])|(?<=[(& |])!(?=[\w(])/g;

/** All mutants of a module's text that its tokens allow; some change types only. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const code = text.replace(SKIPPED, (skipped) => skipped.replace(/[^\n]/g, " "));
  return [...code.matchAll(PLACE)].flatMap(({ 0: before, index: at }) => {
    const line = code.slice(0, at).split("\n").length;
    return changesOf(before).map((after) => ({ file, at, line, before, after }));
  });
}

function changesOf(token: string): readonly string[] {
  if (token === "!") return [""];
  const known = OPERATORS[token] ?? WORDS[token];
  if (known !== undefined) return known;
  const suffix = token.endsWith("n") ? "n" : "";
  const number = BigInt(token.replaceAll(/[_n]/g, ""));
  return [`${number + 1n}${suffix}`, ...(number === 0n ? [] : [`${number - 1n}${suffix}`])];
}

export function mutated(text: string, { at, before, after }: Mutant): string {
  return text.slice(0, at) + after + text.slice(at + before.length);
}

/** Whether a mutant is valid and runs differently: a change of types, or of nothing, is none. */
export async function runsDifferently(text: string, mutant: Mutant): Promise<boolean> {
  try {
    return await compiled(mutated(text, mutant)) !== await compiled(text);
  } catch {
    return false;
  }
}

/** Whether a module has more than types. */
export async function hasCode(text: string): Promise<boolean> {
  return await compiled(text) !== "";
}

async function compiled(source: string): Promise<string> {
  return (await transform(source, { loader: "ts", minifyWhitespace: true })).code.trim();
}

/** Numbers from 0 to below 1 by a seed (mulberry32). */
export function randomBy(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some of a list by a seed, each at most once. */
export function sampled<T>(all: readonly T[], count: number, random: () => number): T[] {
  const rest = [...all];
  const chosen: T[] = [];
  while (chosen.length < count && rest.length > 0) {
    chosen.push(...rest.splice(Math.floor(random() * rest.length), 1));
  }
  return chosen;
}
