import { HttpError } from "fresh";
import { define } from "@/lib/web/define.ts";

/** Addresses of the area that do not exist: behind the gate, so that nobody learns which ones do. */
export const handler = define.handlers(() => {
  throw new HttpError(404);
});
