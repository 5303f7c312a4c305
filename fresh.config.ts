/** Options of both entry points: main.ts takes those of the app, dev.ts those of the builder. */
export const appOptions = { basePath: "" };

export const buildOptions = {
  root: import.meta.dirname,
  target: ["chrome99", "firefox99", "safari15"],
  staticDir: "static",
  // Shares the chat page's modules; apart, that page's script is smaller and one file less.
  apart: ["islands/ToolEditor.tsx"],
  // serve.ts runs the script.
  bundle: true,
};
