import type { HLJSApi, LanguageFn } from "highlight.js";
import { createRequire } from "node:module";
import { needs } from "./languages.ts";

// Required when first needed (core 3 ms, a language 0.6 ms): importing all of
// it would add 20 ms to every start, and `import()` cannot be synchronous.
const require = createRequire(import.meta.url);

let loaded: HLJSApi | null = null;

/** Source code → the same as HTML with a class on each token. `language` is one of markdown_languages.ts. */
export function highlight(code: string, language: string): string {
  const core = loaded ??= loadCore();
  register(core, language);
  return core.highlight(code, { language, ignoreIllegals: true }).value;
}

function loadCore(): HLJSApi {
  const core: HLJSApi = require("highlight.js/lib/core");
  return core.newInstance();
}

/** With a language come those it embeds, so that the result does not depend on what was shown before. */
function register(core: HLJSApi, language: string): void {
  if (core.getLanguage(language) !== undefined) return;
  const grammar: LanguageFn = require(`highlight.js/lib/languages/${language}`);
  core.registerLanguage(language, grammar);
  for (const embedded of needs(language)) register(core, embedded);
}
