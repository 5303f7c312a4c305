import { AppError } from "@/lib/domain/errors.ts";
import { define } from "@/lib/web/define.ts";

/** Whatever else is asked of the API is answered as its errors are, not with a page. */
export const handler = define.handlers(() => {
  throw new AppError("missing", "There is nothing at this address of the API.");
});
