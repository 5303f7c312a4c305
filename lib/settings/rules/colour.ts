/** Colours of a page in one theme, each as `#rrggbb`. */
export interface Tones {
  /** Links, buttons and marks. */
  accent: string;
  /** Text on the accent. */
  onAccent: string;
  /** Background with a little of the accent. */
  tint: string;
}

export interface Theme {
  light: Tones;
  dark: Tones;
}

/** Backgrounds of the accent, and text on its tint, as in static/public.css. */
export const GROUNDS = {
  light: {
    bg: "#fbfaf8",
    surface: "#ffffff",
    sunken: "#f3f1ed",
    text: "#211f1c",
    muted: "#67635c",
  },
  dark: { bg: "#171615", surface: "#201f1d", sunken: "#282623", text: "#eceae6", muted: "#aba69d" },
} as const;

/** Minimum contrast of text, WCAG 2.2, success criterion 1.4.3 (level AA). */
export const READABLE = 4.5;
/** Brightness factor of a button's background under the pointer. */
const HOVER = 1.08;

const STEPS = 128;
const TINT = { light: 0.1, dark: 0.14 };

/**
 * The tones of both themes for an organisation's colour.
 * The colour itself where text is readable on every background, else the nearest mixture with black
 * (light theme) or white (dark theme) for which it is.
 * @param colour `#rrggbb`
 */
export function themeOf(colour: string): Theme {
  return { light: tonesOf(colour, "light"), dark: tonesOf(colour, "dark") };
}

function tonesOf(colour: string, theme: keyof Theme): Tones {
  const towards = theme === "light" ? "#000000" : "#ffffff";
  for (let step = 0; step < STEPS; step++) {
    const tones = tonesAround(mixed(colour, towards, step / STEPS), theme);
    if (isReadable(tones, theme)) return tones;
  }
  return tonesAround(towards, theme);
}

function tonesAround(accent: string, theme: keyof Theme): Tones {
  const light = theme === "light";
  return {
    accent,
    onAccent: light ? "#ffffff" : mixed(accent, "#000000", 0.88),
    tint: mixed(light ? "#ffffff" : GROUNDS.dark.bg, accent, TINT[theme]),
  };
}

/** Whether all text in these tones is readable, also under the pointer. */
export function isReadable({ accent, onAccent, tint }: Tones, theme: keyof Theme): boolean {
  const { bg, surface, sunken, text, muted } = GROUNDS[theme];
  const pairs = [bg, surface, sunken, tint].map((ground) => [accent, ground] as const);
  return [
    ...pairs,
    [onAccent, accent] as const,
    [onAccent, brightened(accent)] as const,
    [text, tint] as const,
    [muted, tint] as const,
  ].every(([front, ground]) => contrast(front, ground) >= READABLE);
}

/** Contrast ratio of two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The accent as `filter: brightness()` draws it under the pointer. */
function brightened(colour: string): string {
  return hex(channels(colour).map((value) => Math.min(255, value * HOVER)));
}

/** @param share of the second, from 0 to 1 */
function mixed(first: string, second: string, share: number): string {
  const others = channels(second);
  return hex(channels(first).map((value, i) => value + ((others[i] ?? 0) - value) * share));
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function hex(values: readonly number[]): string {
  return `#${values.map((value) => Math.round(value).toString(16).padStart(2, "0")).join("")}`;
}

/** A style sheet that overrides the default theme; `chosen` by hand, one of its two parts. */
export function themeSheet(theme: Theme, chosen: keyof Theme | null = null): string {
  const { light, dark } = theme;
  if (chosen !== null) return `@media screen{:root{${declared(theme[chosen])}}}\n`;
  return `@media screen{:root{${declared(light)}}}\n` +
    `@media screen and (prefers-color-scheme:dark){:root{${declared(dark)}}}\n` +
    `@media print{:root{--accent:${light.accent}}}\n`;
}

function declared({ accent, onAccent, tint }: Tones): string {
  return `--accent:${accent};--on-accent:${onAccent};--tint:${tint}`;
}
