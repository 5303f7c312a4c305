import type { HLJSApi, LanguageFn } from "highlight.js";
import { createRequire } from "node:module";
import { needs } from "./languages.ts";

// Loaded on first use (core 3 ms, a language 0.6 ms): importing everything would add 20 ms to every
// start, and `import()` cannot be synchronous.
const require = createRequire(import.meta.url);

let loaded: HLJSApi | null = null;

/** Highlights code as HTML with a class on each token. `language` is a grammar of languages.ts. */
export function highlight(code: string, language: string): string {
  const core = loaded ??= loadCore();
  register(core, language);
  return core.highlight(code, { language, ignoreIllegals: true }).value;
}

function loadCore(): HLJSApi {
  const core: HLJSApi = require("highlight.js/lib/core");
  return core.newInstance();
}

/** Registers a language with those it embeds: the result must not depend on earlier calls. */
function register(core: HLJSApi, language: string): void {
  if (core.getLanguage(language) !== undefined) return;
  const grammar: LanguageFn = require(`highlight.js/lib/languages/${language}`);
  core.registerLanguage(language, grammar);
  for (const embedded of needs(language)) register(core, embedded);
}
