/**
 * Builds apps and serves them in development. Never loaded in production.
 * @module
 */
export { Builder, type ListenTarget, type MemoryBuildOptions } from "./dev/builder.ts";
export type { BuildOptions, ResolvedBuildConfig } from "./dev/config.ts";
