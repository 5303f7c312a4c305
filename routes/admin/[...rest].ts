import { AppError } from "@/lib/platform/errors.ts";
import { define } from "@/lib/web/define.ts";

/** Unknown admin paths. Behind the gate, so that signed-out requests cannot probe paths. */
export const handler = define.handlers(() => {
  throw new AppError("missing", { code: "admin.not_found" });
});
