/** The supported highlight.js grammars, with their aliases. */
const LANGUAGES: Readonly<Record<string, string>> = {
  bash: "sh zsh",
  c: "h",
  clojure: "clj edn",
  cmake: "",
  cpp: "c++ cc cxx hpp hh",
  csharp: "cs c#",
  css: "",
  dart: "",
  diff: "patch",
  dockerfile: "docker",
  elixir: "ex exs",
  erlang: "erl",
  fsharp: "fs f#",
  go: "golang",
  gradle: "",
  graphql: "gql",
  groovy: "",
  haskell: "hs",
  ini: "toml",
  java: "",
  javascript: "js jsx mjs cjs",
  json: "jsonc json5",
  julia: "jl",
  kotlin: "kt kts",
  latex: "tex",
  less: "",
  lisp: "",
  lua: "",
  makefile: "mk mak make",
  markdown: "md mkdown mkd",
  matlab: "octave",
  nginx: "nginxconf",
  objectivec: "objc obj-c mm",
  ocaml: "ml",
  perl: "pl pm",
  php: "",
  plaintext: "text txt plain",
  powershell: "ps ps1 pwsh",
  properties: "",
  protobuf: "proto",
  python: "py gyp ipython python3",
  "python-repl": "pycon",
  r: "",
  ruby: "rb gemspec",
  rust: "rs",
  scala: "",
  scheme: "",
  scss: "",
  shell: "console shellsession",
  sql: "postgresql mysql sqlite",
  swift: "",
  typescript: "ts tsx mts cts",
  vbnet: "vb",
  vim: "",
  wasm: "wat",
  x86asm: "asm nasm",
  xml: "html xhtml rss atom svg plist vue svelte",
  yaml: "yml",
};

const EMBEDDED: Readonly<Record<string, readonly string[]>> = {
  dart: ["markdown"],
  dockerfile: ["bash"],
  javascript: ["xml", "css", "graphql"],
  markdown: ["xml"],
  "python-repl": ["python"],
  shell: ["bash"],
  typescript: ["xml", "css", "graphql"],
  xml: ["css", "javascript"],
  yaml: ["ruby"],
};

const BY_NAME = new Map(
  Object.entries(LANGUAGES).flatMap(([language, others]) =>
    [language, ...others.split(" ")].filter((name) => name !== "").map((
      name,
    ): [string, string] => [name, language])
  ),
);

/** The grammar for a code block's language name, or null. */
export function codeLanguage(name: string): string | null {
  return BY_NAME.get(name) ?? null;
}

export function needs(language: string): readonly string[] {
  return EMBEDDED[language] ?? [];
}
