/**
 * API for islands, components and pages, on the server and in the browser.
 * @module
 */
export { asset, assetSrcSet } from "./runtime/asset.ts";
export { IS_BROWSER } from "./runtime/browser.ts";
export { Head } from "./runtime/head.ts";
export { HttpError } from "./runtime/http_error.ts";
