import type { MarkdownIt } from "markdown-it";
import { escapeHtml } from "./escape.ts";

const SAFE_ADDRESS = /^(?:https?:\/\/[^/\\]|mailto:[^/\\])/i;

const ATTRIBUTES = 'rel="noopener noreferrer nofollow ugc" target="_blank"';

/** Allows links to the web and mailboxes; shows images as links, so that nothing loads itself. */
export function useLinks(engine: MarkdownIt): void {
  engine.validateLink = (address) => SAFE_ADDRESS.test(address);
  // Shows an address as written: an encoded host name keeps its encoding.
  engine.normalizeLinkText = (address) => address;
  // README.md, main.rs and Node.js are not addresses.
  engine.linkify.set({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false });
  engine.linkify.add("ftp:", null).add("//", null);

  excludeTrailingMarks(engine);
  engine.renderer.rules.link_open = (tokens, index) => {
    const token = tokens[index];
    const opening = anchor(token?.attrGet("href"), token?.attrGet("title"));
    // A link without text is invisible and has no accessible name.
    const [inside, after] = [tokens[index + 1], tokens[index + 2]];
    const empty = inside?.type === "link_close" ||
      (after?.type === "link_close" && inside?.type === "text" && inside.content.trim() === "");
    return empty ? opening + escapeHtml(String(token?.attrGet("href") ?? "")) : opening;
  };
  engine.renderer.rules.image = (tokens, index, options, env, renderer) => {
    const token = tokens[index];
    if (token === undefined) return "";
    const address = String(token.attrGet("src") ?? "");
    const alt = renderer.renderInlineAsText(token.children ?? [], options, env).trim();
    if (token.meta === INSIDE_LINK) return escapeHtml(alt === "" ? "image" : alt);
    if (address === "") return escapeHtml(alt);
    const opening = anchor(address, token.attrGet("title"), ' class="image-link"');
    return `${opening}${escapeHtml(alt === "" ? address : alt)}</a>`;
  };
}

/** Excludes trailing emphasis marks from addresses (`_See https://e.org_`), not only `*`. */
function excludeTrailingMarks({ linkify }: MarkdownIt): void {
  const matchAtStart = linkify.matchAtStart.bind(linkify);
  linkify.matchAtStart = (text) => {
    const found = matchAtStart(text);
    if (found !== null) found.url = found.url.replace(/[.,;:!?]*[_~]+$/, "");
    return found;
  };
}

type Attribute = string | number | null | undefined;

function anchor(address: Attribute, title: Attribute, extra = ""): string {
  const href = escapeHtml(String(address ?? ""));
  const hint = title === null || title === undefined || title === ""
    ? ""
    : ` title="${escapeHtml(String(title))}"`;
  return `<a${extra} href="${href}"${hint} ${ATTRIBUTES}>`;
}

/** Leaves out links without an address, which would lead to the page itself; their text stays. */
export function withoutEmptyLinks<T extends { type: string; attrGet(name: string): Attribute }>(
  tokens: T[],
): T[] {
  let empty = false;
  return tokens.filter((token) => {
    if (token.type === "link_open") empty = (token.attrGet("href") ?? "") === "";
    return !empty || (token.type !== "link_open" && token.type !== "link_close");
  });
}

const INSIDE_LINK: Record<string, unknown> = { insideLink: true };

/** Marks the images inside links, since a link cannot contain another. */
export function markLinkedImages(
  tokens: { type: string; meta: Record<string, unknown> | null }[],
): void {
  let depth = 0;
  for (const token of tokens) {
    if (token.type === "link_open") depth++;
    else if (token.type === "link_close") depth--;
    else if (token.type === "image" && depth > 0) token.meta = INSIDE_LINK;
  }
}
