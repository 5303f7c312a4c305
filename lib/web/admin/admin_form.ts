import type { Context } from "fresh";
import { AppError } from "../../platform/errors.ts";
import type { KeptFormView } from "../../shared/views/admin_view.ts";
import { adminOf } from "./admin_session.ts";
import { isToken, maskedToken, sameToken } from "./admin_token.ts";
import { readBytes, readJson, readMedia } from "../edge/body.ts";
import type { State } from "../define.ts";
import { KEPT_FORM_BYTES, keptFormOf, StaleForm } from "./kept_form.ts";
import { limitAddress } from "../visit.ts";

const TOKEN_FIELD = "csrf";
/** The CSRF token's header, for requests of islands. */
const TOKEN_HEADER = "x-admin-token";

const FORM_BYTES = 256 * 1024;

/** A form's fields; line breaks in texts are normalised to LF. */
export class FormFields {
  constructor(private readonly data: FormData) {}

  /** A field's text, "" when there is none. */
  text(name: string): string {
    return textOf(this.data.get(name));
  }

  /** The texts of all fields with a name. */
  all(name: string): string[] {
    return this.data.getAll(name).map(textOf);
  }

  /** Whether a field exists: an unchecked checkbox sends none. */
  has(name: string): boolean {
    return this.data.has(name);
  }

  /** A chosen file, or null. */
  file(name: string): File | null {
    const value = this.data.get(name);
    return value instanceof File && (value.size > 0 || value.name !== "") ? value : null;
  }
}

export interface AdminInput {
  /** Size limit of the body, in bytes. */
  maxBytes?: number;
  /** Whether it counts against the limit of admin actions; true by default. */
  counts?: boolean;
}

/**
 * Reads a form of the admin area and checks its size, the session's token and the limit of actions.
 * Every POST of the area begins with this.
 * @throws {AppError} `denied` without the token, `limited`, `too_large`, `invalid`
 */
export async function adminForm(
  ctx: Context<State>,
  { maxBytes = FORM_BYTES, counts = true }: AdminInput = {},
): Promise<FormFields> {
  adminOf(ctx.state);
  const data = await readFormData(ctx.req, maxBytes);
  const fields = new FormFields(data);
  const token = fields.text(TOKEN_FIELD);
  // The page was opened in an earlier session, perhaps in another tab.
  if (isToken(token) && !sameToken(token, adminOf(ctx.state).csrf)) {
    throw new StaleForm(keptFormOf(ctx.url.pathname, data));
  }
  await admitted(ctx, token, counts);
  return fields;
}

/** Reads a form whose session has ended; null when it is of another session, or too large. */
export async function lateForm(ctx: Context<State>, csrf: string): Promise<KeptFormView | null> {
  try {
    const data = await readFormData(ctx.req, KEPT_FORM_BYTES);
    const token = new FormFields(data).text(TOKEN_FIELD);
    return sameToken(token, maskedToken(csrf)) ? keptFormOf(ctx.url.pathname, data) : null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * Reads an island's JSON request, with the session's token in a header.
 * @throws {AppError} as `adminForm()`
 */
export async function adminJson(
  ctx: Context<State>,
  { maxBytes = FORM_BYTES, counts = true }: AdminInput = {},
): Promise<unknown> {
  await admitted(ctx, ctx.req.headers.get(TOKEN_HEADER) ?? "", counts);
  return await readJson(ctx.req, maxBytes);
}

async function admitted(ctx: Context<State>, token: string, counts: boolean): Promise<void> {
  const { email, csrf } = adminOf(ctx.state);
  if (!sameToken(token, csrf)) {
    throw new StaleForm(null);
  }
  if (counts) await ctx.state.services.admin?.act(email, limitAddress(ctx));
}

async function readFormData(request: Request, maxBytes: number): Promise<FormData> {
  const type = request.headers.get("content-type") ?? "";
  // Large ones do not push messages out of memory.
  const bytes = await (maxBytes > KEPT_FORM_BYTES ? readMedia : readBytes)(request, maxBytes);
  // Other types are read as without a token, and refused.
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    return new FormData();
  }
  try {
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new AppError("invalid", { code: "request.form" });
  }
}

function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").toWellFormed() : "";
}
