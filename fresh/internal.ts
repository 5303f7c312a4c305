/**
 * Imports of the generated `_fresh/server.js`.
 * @module
 */
export { loadSnapshot, type Snapshot } from "./server/snapshot.ts";
export { productionServer } from "./server/production.ts";
