/** TeX commands; those with text arguments include them. */
const COMMANDS =
  /\\(?:(?:text|math|operatorname|mbox|begin|end)[a-z]*\*?\s*\{[^{}]*\}|[a-zA-Z]+|.)/g;
/** Function names also written without a backslash. */
const FUNCTIONS = /(?<!\p{L})(?:sin|cos|tan|log|ln|exp|max|min|lim|det|gcd|lcm|mod)(?!\p{L})/gu;
const DELIMITED = /\\(?:left|right|[bB]igg?[lrm]?)\s*(?:\\[{}|]|[^\s\\])/g;
/** `[0, 1)` and the French `]0, 1[`. */
const INTERVAL = /^[[\](][^[\]()]+[,;][^[\]()]+[[\])]$/;
const WORD = /[\p{L}\p{M}]{2,}/gu;
/** Letters used in formulas only where TeX or a relation marks one. */
const OTHER_SCRIPT = /(?![\p{Script=Latin}\p{Script=Greek}])\p{L}/u;

/**
 * Whether the text between dollars is a formula, not money, price ratings or shell variables.
 * `before` and `after` are the texts around it.
 */
export function isFormula(open: "$" | "$$", content: string, before: string, after: string) {
  if (before === "$" || after === "$") return false;
  if (open === "$") {
    if (/^\s|\s$/.test(content) || /[\p{L}\p{N}]/u.test(before + after)) return false;
    // `$(pwd)$(date)`, `${a}${b}`
    if (/^[({]/.test(content) && /[({]/.test(after)) return false;
  }
  const formula = content.trim();
  if (!isComplete(formula) || !isBalanced(formula)) return false;
  if (open === "$$" && !/\s/.test(content)) return true;
  // "tables at $$ or $$"
  return isMathematical(formula) && (open === "$" || !/^\p{L}{2,}$/u.test(formula));
}

/** Whether a line that begins with `$$` can open a formula over several lines. */
export function beginsFormula(first: string): boolean {
  const formula = first.trim();
  return !formula.startsWith("$") && !isDangling(formula) && isMathematical(formula);
}

/** Whether escaped brackets hold prose, such as a reference or a remark. */
export function isProse(content: string): boolean {
  const text = content.trim();
  if (/^\d+(?:[.,;–-]\s?\d+)*$|\d:\d/.test(text) && !/[\\^_={}]/.test(text)) return true;
  return /\p{L}{2,}\s+[\p{L}\p{N}]{2,}|\p{L}{2,}\/\p{L}{2,}|^\p{L}{3,}$/u.test(text) &&
    !/[\\^_=+*<>{}|]/.test(text);
}

/** Whether a formula lacks nothing on its left and right. */
function isComplete(formula: string): boolean {
  return /[\p{L}\p{N}\\]/u.test(formula) && !isDangling(formula) &&
    (/\\[a-zA-Z]/.test(formula) || !/(?:^|[^\\^_{])[-+*/:=&<>]$/.test(formula));
}

function isDangling(formula: string): boolean {
  return /^[=:,;/–—-]\s|^[=:,;)/]/.test(formula);
}

function isBalanced(formula: string): boolean {
  if (INTERVAL.test(formula)) return true;
  let braces = 0, brackets = 0;
  for (const sign of formula.replace(DELIMITED, "").replace(/\\./g, "")) {
    if (sign === "{") braces++;
    else if (sign === "}") braces--;
    else if ("([".includes(sign)) brackets++;
    else if (")]".includes(sign)) brackets--;
    if (braces < 0 || brackets < 0) return false;
  }
  return braces === 0 && brackets === 0;
}

function isMathematical(formula: string): boolean {
  const plain = formula.replace(COMMANDS, " ").replace(FUNCTIONS, " ");
  if (/["“”„`€£¥]/.test(plain)) return false;
  if (/\\[a-zA-Z{},;!%]|\^/.test(formula)) return true;
  // Names of shell variables.
  if (/\p{Lu}{2,}_\p{Lu}/u.test(plain)) return false;
  if (/[=<>≤≥≠≈∈⊂→≡]/.test(plain)) return true;
  if (OTHER_SCRIPT.test(plain) || /\d\s+\p{L}{2,}|\p{L}{2,}[\s,]+\p{L}{2,}/u.test(plain)) {
    return false;
  }
  if (/[\p{L}\p{N})\]}|']_[\p{L}\p{N}{(]/u.test(plain)) return true;
  return (plain.match(WORD) ?? []).every((word) => word.length <= 3);
}
