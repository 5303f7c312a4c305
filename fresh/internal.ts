/**
 * What the generated `_fresh/server.js` needs.
 * @module
 */
export { loadSnapshot, type Snapshot } from "./server/snapshot.ts";
export { productionServer } from "./server/production.ts";
