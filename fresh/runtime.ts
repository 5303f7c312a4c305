/**
 * What islands, components and pages can use on the server as well as in the browser.
 * @module
 */
export { asset, assetSrcSet } from "./runtime/asset.ts";
export { IS_BROWSER } from "./runtime/browser.ts";
export { Head } from "./runtime/head.ts";
export { HttpError } from "./runtime/http_error.ts";
