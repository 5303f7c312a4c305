import { AppError } from "@/lib/platform/errors.ts";
import { define } from "@/lib/web/define.ts";

/** Addresses of the area that do not exist: behind the gate, so that nobody learns which ones do. */
export const handler = define.handlers(() => {
  throw new AppError("missing", { code: "admin.not_found" });
});
