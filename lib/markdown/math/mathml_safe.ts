const ELEMENTS = new Set(
  ("math mi mn mo mtext mspace ms mrow mfrac msqrt mroot mstyle merror mpadded mphantom menclose " +
    "msub msup msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd")
    .split(" "),
);

const ATTRIBUTES = new Set(
  ("accent accentunder class columnspan depth display displaystyle fence form height " +
    "largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize " +
    "movablelimits notation rowspan rspace scriptlevel separator stretchy symmetric voffset width")
    .split(" "),
);

/** Meaningful styles, with the class or attribute that replaces each inline style. */
const STYLES: readonly [RegExp, (value: string) => readonly [string, string]][] = [
  [/^color:(#[0-9a-f]{3,8}|[a-z]+)$/i, (value) => ["mathcolor", value]],
  [/^border-(top|right|bottom|left):/, (side) => ["class", `tml-border-${side}`]],
  [/^(border):/, () => ["class", "tml-boxed"]],
  [/^(font-weight):bold$/, () => ["class", "tml-bold"]],
  [/^(width):100%$/, () => ["class", "tml-wide"]],
];

const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<>]*")*) ?(\/?)>/g;
const ATTRIBUTE = / ([a-zA-Z:-]+)="([^"]*)"/g;

/** Filters temml's MathML by an allowlist; null when it has anything but well-formed tags. */
export function safeMathml(mathml: string): string | null {
  let known = true;
  let end = 0;
  const html = mathml.replace(TAG, (tag, slash, name, attributes, _selfClosing, offset) => {
    if (hasTag(mathml, end, offset) || !ELEMENTS.has(name)) known = false;
    end = offset + tag.length;
    return slash === "/" ? `</${name}>` : `<${name}${safeAttributes(attributes)}>`;
  });
  return known && !hasTag(mathml, end, mathml.length) ? html : null;
}

/** Whether a tag that the expression above does not match stands between two that it does. */
function hasTag(mathml: string, from: number, to: number): boolean {
  const at = mathml.indexOf("<", from);
  return at >= 0 && at < to;
}

function safeAttributes(source: string): string {
  if (source === "") return "";
  const kept = new Map<string, string>();
  for (const [, name = "", value = ""] of source.matchAll(ATTRIBUTE)) {
    if (name === "style") addStyles(kept, value);
    else if (ATTRIBUTES.has(name)) add(kept, name, value);
  }
  return [...kept].map(([name, value]) => ` ${name}="${value}"`).join("");
}

function addStyles(kept: Map<string, string>, style: string): void {
  for (const declaration of style.split(";")) {
    for (const [pattern, replacement] of STYLES) {
      const value = pattern.exec(declaration)?.[1];
      if (value !== undefined) add(kept, ...replacement(value));
    }
  }
}

function add(kept: Map<string, string>, name: string, value: string): void {
  const before = kept.get(name);
  kept.set(name, name === "class" && before !== undefined ? `${before} ${value}` : value);
}
