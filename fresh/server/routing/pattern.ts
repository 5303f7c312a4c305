import { HttpError } from "../../runtime/http_error.ts";

/** Returns the params by name, or null without a match. */
export type Matcher = (pathname: string) => Record<string, string> | null;

const DYNAMIC = /[*:{}+?()]/;
const BEYOND_REGEXP = /[(){}+\\]|\*[?*]|[^ -~]/;
const TOKEN = /(\/?)(?::([a-z_$][\w$]*)([?*]?)|(\*))/gi;

/** True if a pattern needs matching, not a look-up. */
export function isDynamic(pattern: string): boolean {
  return DYNAMIC.test(pattern);
}

/** Encodes a static pattern as in a URL. */
export function encodePath(path: string): string {
  return new URL(path, "http://localhost").pathname;
}

/** Normalises a pattern as URLPattern does. */
export function canonical(pattern: string): string {
  return new URLPattern({ pathname: pattern }).pathname;
}

/** Compiles a canonical pattern; common ones become a RegExp, which is much faster. */
export function compilePattern(pattern: string): Matcher {
  return BEYOND_REGEXP.test(pattern) ? byUrlPattern(pattern) : byRegExp(pattern);
}

function byRegExp(pattern: string): Matcher {
  const names: string[] = [];
  let source = "^";
  let end = 0;
  let unnamed = 0;
  for (const token of pattern.matchAll(TOKEN)) {
    const [text, slash = "", name, modifier, star] = token;
    source += RegExp.escape(pattern.slice(end, token.index));
    end = token.index + text.length;
    names.push(name ?? String(unnamed++));
    if (star !== undefined) source += `${slash}(.*)`;
    else if (modifier === "?") source += `(?:${slash}([^/]+?))?`;
    else if (modifier === "*") source += `(?:${slash}([^/]+?(?:${slash}[^/]+?)*))?`;
    else source += `${slash}([^/]+?)`;
  }
  const regexp = new RegExp(source + RegExp.escape(pattern.slice(end)) + "$");
  return (pathname) => {
    const found = regexp.exec(pathname);
    if (found === null) return null;
    const params: Record<string, string> = {};
    names.forEach((name, i) => params[name] = decode(found[i + 1]));
    return params;
  };
}

function byUrlPattern(pathname: string): Matcher {
  const pattern = new URLPattern({ pathname });
  return (pathname) => {
    const found = pattern.exec({ pathname });
    if (found === null) return null;
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(found.pathname.groups)) params[name] = decode(value);
    return params;
  };
}

function decode(value: string | undefined): string {
  if (value === undefined || !value.includes("%")) return value ?? "";
  try {
    return decodeURI(value);
  } catch (cause) {
    throw new HttpError(400, "Malformed URL", { cause });
  }
}
