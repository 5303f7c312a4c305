const MARKS: Record<string, string> = {
  STRONG: "**",
  B: "**",
  EM: "*",
  I: "*",
  DEL: "~~",
  S: "~~",
};

/** Marks a block's edge until all parts are joined. */
const EDGE = "\u0001";

/** Elements in which white space between children is insignificant. */
const BLOCKS = /^(DIV|UL|OL|LI|BLOCKQUOTE|FIGURE|SECTION|DETAILS|BODY)$/;

/** Markdown of rendered text, for copying; saves sending each message twice. */
export function asMarkdown(root: Node, between = "\n\n"): string {
  return children(root).split(EDGE).map((part) => part.replace(/^[ \n]+|[ \n]+$/g, ""))
    .filter(Boolean).join(between);
}

function children(node: Node): string {
  return Array.from(node.childNodes, one).join("");
}

function one(node: Node): string {
  if (!(node instanceof Element)) return plain(node);
  const source = node.getAttribute("data-source");
  if (source !== null && node.tagName !== "FIGURE") return source;
  const mark = MARKS[node.tagName];
  if (mark) return mark + children(node) + mark;
  switch (node.tagName) {
    case "BUTTON":
    case "FIGCAPTION":
      return "";
    case "BR":
      return "\n";
    case "HR":
      return block("---");
    case "CODE":
      // An invalid formula is shown as its source.
      return node.classList.contains("math-source")
        ? node.textContent ?? ""
        : code(node.textContent ?? "");
    case "PRE":
      return fence(node);
    case "A":
      return link(node);
    case "IMG":
      return node.getAttribute("alt") ?? "";
    case "UL":
    case "OL":
      return block(list(node));
    case "BLOCKQUOTE":
      return block(asMarkdown(node).replace(/^/gm, "> "));
    case "TABLE":
      return block(table(node));
  }
  if (node.classList.contains("task")) return node.textContent === "☑" ? "[x]" : "[ ]";
  // Headings of messages start at h3.
  const level = Number(/^H([1-6])$/.exec(node.tagName)?.[1] ?? 0);
  if (level) return block("#".repeat(Math.max(1, level - 2)) + " " + children(node));
  return node.tagName === "P" || BLOCKS.test(node.tagName) ? block(children(node)) : children(node);
}

function plain(node: Node): string {
  const text = (node.textContent ?? "").replace(/\s+/g, " ");
  return text === " " && BLOCKS.test(node.parentElement?.tagName ?? "") ? "" : text;
}

function block(text: string): string {
  return EDGE + text + EDGE;
}

/** Inline code, fenced by more backticks than it contains. */
function code(text: string): string {
  const mark = fenceFor(text, "");
  const space = /^`|`$|^ .* $/s.test(text) ? " " : "";
  return mark + space + text + space + mark;
}

function fence(pre: Element): string {
  const figure = pre.parentElement;
  const text = (pre.textContent ?? "").replace(/\n$/, "");
  const opening = figure?.getAttribute("data-source");
  const written = /^(`+|~+)/.exec(opening ?? "")?.[0];
  const mark = written ?? fenceFor(text, "``");
  const language = figure?.querySelector(".code-language")?.textContent ?? "";
  return block(`${written ? opening : mark + language}\n${text}\n${mark}`);
}

/** A fence one longer than `least` and than any run of backticks in the text. */
function fenceFor(text: string, least: string): string {
  const runs = [least, ...text.match(/`+/g) ?? []];
  return "`".repeat(Math.max(...runs.map((run) => run.length)) + 1);
}

/** A link whose text is its address becomes the bare address. */
function link(node: Element): string {
  const href = node.getAttribute("href") ?? "";
  const title = node.getAttribute("title");
  const text = children(node);
  const image = node.classList.contains("image-link");
  const bare = text === href || href === `mailto:${text}`;
  if (!image && title === null && bare) return text;
  const target = /[\s()<>]/.test(href) ? `<${href}>` : href;
  const hint = title === null ? "" : ` "${title.replaceAll('"', '\\"')}"`;
  return `${image ? "!" : ""}[${image && text === href ? "" : text}](${target}${hint})`;
}

function list(node: Element): string {
  const first = Number(node.getAttribute("start") ?? 1);
  return Array.from(node.children, (item, at) => {
    const marker = node.tagName === "OL" ? `${first + at}. ` : "- ";
    return marker +
      asMarkdown(item, item.querySelector(":scope > p") ? "\n\n" : "\n").replace(
        /\n(?=.)/g,
        "\n" + " ".repeat(marker.length),
      );
  }).join("\n");
}

function table(node: Element): string {
  const rows = Array.from(node.querySelectorAll("tr"), (row) => {
    const cells = Array.from(
      row.children,
      (cell) => asMarkdown(cell).replaceAll("|", "\\|").replaceAll("\n", "<br>"),
    );
    return `| ${cells.join(" | ")} |`;
  });
  const rule = Array.from(node.querySelectorAll("th"), ({ className }) => {
    const [from, to] = [/left|center/, /right|center/].map((end) => end.test(className) ? ":" : "");
    return ` ${from}---${to} |`;
  });
  return [rows[0], "|" + rule.join(""), ...rows.slice(1)].join("\n");
}
