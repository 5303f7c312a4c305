import type { Env } from "markdown-it";

/** Limits the work for formulas and highlighting in one text; beyond it the source is shown. */
export class RenderBudget {
  #formulas = 400;
  #mathChars = 16_384;
  #codeChars = 32_768;

  takeFormula(length: number): boolean {
    if (this.#formulas === 0 || this.#mathChars < length) return false;
    this.#formulas--;
    this.#mathChars -= length;
    return true;
  }

  takeCode(length: number): boolean {
    if (this.#codeChars < length) return false;
    this.#codeChars -= length;
    return true;
  }
}

const KEY = Symbol("budget");

/** The budget of the text rendered with this environment. */
export function renderBudgetOf(env: Env | undefined): RenderBudget {
  const kept = env?.[KEY];
  if (kept instanceof RenderBudget) return kept;
  const budget = new RenderBudget();
  if (env !== undefined) env[KEY] = budget;
  return budget;
}
