import { HttpError } from "../runtime/http_error.ts";
import { DEV_SCRIPT } from "./live_reload.ts";

const EMPTY_PAGE =
  `<!DOCTYPE html><title>Error</title><script type="module" src="${DEV_SCRIPT}"></script>`;

/** Shows an unexpected error above the page. Works under any CSP: no styles, no scripts. */
export async function overlay(error: unknown, req: Request, res: Response): Promise<Response> {
  const isExpected = error instanceof HttpError && error.status < 500;
  if (isExpected || !req.headers.get("accept")?.includes("text/html")) return res;
  const isHtml = res.headers.get("content-type")?.startsWith("text/html") ?? false;
  const page = isHtml ? await res.text() : EMPTY_PAGE;
  const headers = new Headers(res.headers);
  headers.set("content-type", "text/html; charset=utf-8");
  headers.delete("content-length");
  return new Response(page + dialog(error), { status: res.status, headers });
}

function dialog(error: unknown): string {
  const title = error instanceof Error ? error.message || error.name : String(error);
  const stack = error instanceof Error ? error.stack ?? "" : "";
  return `<dialog open id="frsh-error"><form method="dialog"><button>Close</button></form>` +
    `<h2>${escape(title)}</h2><pre>${escape(stack)}</pre></dialog>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
