/**
 * Browser entry of pages with islands. Used by the bundler only.
 * @module
 */
import { start } from "./client/start.ts";

start();
