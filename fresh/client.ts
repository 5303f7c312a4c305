/**
 * What the browser runs on a page with islands. Only the bundler uses it.
 * @module
 */
import { start } from "./client/start.ts";

start();
