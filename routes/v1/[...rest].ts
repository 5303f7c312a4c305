import { AppError } from "@/lib/platform/errors.ts";
import { define } from "@/lib/web/define.ts";

/** Unknown addresses, answered in OpenAI's form. */
export const handler = define.handlers(() => {
  throw new AppError("missing", { code: "api.address_unknown" });
});
