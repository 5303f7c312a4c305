/** Options of both entry points: main.ts takes those of the app, dev.ts those of the builder. */
export const appOptions = { basePath: "" };

export const buildOptions = {
  root: import.meta.dirname,
  target: ["chrome99", "firefox99", "safari15"],
  staticDir: "static",
};
