/** One import, re-export or `import()` of a module. */
export interface Import {
  /** As written; a file of this repository by its path from the root. */
  to: string;
  /** Whether it imports anything but types. */
  value: boolean;
  /** `import()`: loaded on demand, so it makes no cycle at the start. */
  lazy: boolean;
}

/** The facts about a module that the rules check. */
export interface Source {
  path: string;
  lines: number;
  imports: Import[];
  /** Names that it declares and exports, without re-exports under the same name. */
  exports: Set<string>;
  /** Members of globals that it uses: `Deno.env`, `Math.random`, `Deno.KvKey` … */
  members: Set<string>;
  /** Functions that it calls and classes that it creates, by bare names: `fetch`, `new Date` … */
  calls: Set<string>;
  /** Number of uses of the type `any`. */
  anys: number;
  /** Whether it only re-exports. */
  barrel: boolean;
  text: string;
}

const HANDS_ON = new Set(["ImportDeclaration", "ExportAllDeclaration"]);

/** Parses a module with Deno's parser: comments, strings and markup are not mistaken for code. */
export function sourceOf(path: string, text: string): Source {
  const source: Source = {
    path,
    lines: text.trimEnd().split("\n").length,
    imports: [],
    exports: new Set(),
    members: new Set(),
    calls: new Set(),
    anys: 0,
    barrel: false,
    text,
  };
  const imported = new Set<string>();
  const add = (specifier: unknown, value: boolean, lazy = false) => {
    if (typeof specifier === "string") {
      source.imports.push({ to: resolve(path, specifier), value, lazy });
    }
  };
  const create = (): Deno.lint.LintVisitor => ({
    Program({ body }) {
      const own = body.filter((statement) =>
        !HANDS_ON.has(statement.type) &&
        !(statement.type === "ExportNamedDeclaration" && statement.declaration === null)
      );
      source.barrel = own.length === 0 && body.some((s) => s.type.startsWith("Export"));
    },
    ImportDeclaration({ source: { value }, importKind, specifiers }) {
      const types = specifiers.length > 0 &&
        specifiers.every((s) => s.type === "ImportSpecifier" && s.importKind === "type");
      for (const { local } of specifiers) imported.add(local.name);
      add(value, importKind !== "type" && !types);
    },
    ExportNamedDeclaration(node) {
      if (node.source) add(node.source.value, node.exportKind !== "type");
      for (const name of declared(node.declaration)) source.exports.add(name);
      for (const { local, exported } of node.specifiers) {
        if (local.type !== "Identifier" || exported.type !== "Identifier") continue;
        const handedOn = node.source || imported.has(local.name);
        if (!handedOn || local.name !== exported.name) source.exports.add(exported.name);
      }
    },
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind !== "type"),
    ImportExpression: ({ source }) => {
      if (source.type === "Literal") add(source.value, true, true);
    },
    TSImportType({ argument }) {
      if (argument.type === "TSLiteralType" && argument.literal.type === "Literal") {
        add(argument.literal.value, false);
      }
    },
    CallExpression({ callee }) {
      if (callee.type === "Identifier") source.calls.add(callee.name);
    },
    NewExpression({ callee, arguments: given }) {
      // With an argument a date is a value like any other.
      if (callee.type === "Identifier" && !(callee.name === "Date" && given.length > 0)) {
        source.calls.add(`new ${callee.name}`);
      }
    },
    TSAnyKeyword: () => void source.anys++,
    MemberExpression({ object, property }) {
      const name = property.type === "Identifier"
        ? property.name
        : property.type === "Literal"
        ? String(property.value)
        : "";
      if (object.type === "Identifier") source.members.add(`${object.name}.${name}`);
    },
    TSQualifiedName({ left, right }) {
      if (left.type === "Identifier") source.members.add(`${left.name}.${right.name}`);
    },
    // `const { env } = Deno` counts as a use of `Deno.env`.
    VariableDeclarator({ id, init }) {
      if (id.type !== "ObjectPattern" || init?.type !== "Identifier") return;
      for (const part of id.properties) {
        if (part.type === "Property" && part.key.type === "Identifier") {
          source.members.add(`${init.name}.${part.key.name}`);
        }
      }
    },
  });
  Deno.lint.runPlugin({ name: "facts", rules: { facts: { create } } }, path, text);
  return source;
}

/** The names that an exported declaration declares. */
function declared(declaration: Deno.lint.ExportNamedDeclaration["declaration"]): string[] {
  if (!declaration) return [];
  if (declaration.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => namesIn(id));
  }
  return declaration.id ? namesIn(declaration.id) : [];
}

/** The names that a pattern declares: `a`, `{ a, b: c }`, `[a]`. */
function namesIn(pattern: Deno.lint.Node): string[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((part) =>
        namesIn(part.type === "Property" ? part.value : part.argument)
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((part) => part ? namesIn(part) : []);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    default:
      return [];
  }
}

/** `@/x` and relative specifiers as paths from the root; anything else as it is. */
function resolve(from: string, specifier: string): string {
  if (specifier.startsWith("@/")) return specifier.slice(2);
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

const ROOT = new URL("../../", import.meta.url);
const LEFT_OUT = new Set(["node_modules", "_fresh", "data", ".git"]);

/** Every file below a folder of the repository, as paths from its root. */
export async function filesBelow(folder = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    if (LEFT_OUT.has(entry.name)) continue;
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) found.push(...await filesBelow(`${path}/`));
    else found.push(path);
  }
  return found.sort();
}

export function read(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, ROOT));
}

/** The program's modules, without tests and benchmarks. */
export async function program(): Promise<Source[]> {
  const paths = (await filesBelow()).filter((path) =>
    /\.tsx?$/.test(path) && !/_test\.tsx?$/.test(path) && !/^(tests|bench|docs)\//.test(path)
  );
  return await Promise.all(paths.map(async (path) => sourceOf(path, await read(path))));
}
