import type { Context } from "fresh";
import { AppError } from "../platform/errors.ts";
import { MOST_PICTURES, MOST_TOGETHER, type SentFile } from "../media/pictures/staged_pictures.ts";
import { MAX_PICTURE_BYTES } from "../media/pictures/rules/picture_limits.ts";
import type { State } from "./define.ts";
import { readMedia } from "./edge/body.ts";
import { limitAddress, visit } from "./visit.ts";

/** A form's bytes besides its files. */
const FORM_BYTES = 256 * 1024;
const MULTIPART = /^multipart\/form-data\b/i;

/** A posted form: its texts by name, and its files in order. */
export interface PostedForm {
  fields: Record<string, string>;
  files: SentFile[];
}

export function isMultipart({ headers }: Request): boolean {
  return MULTIPART.test(headers.get("content-type") ?? "");
}

/** Stages the picture of a form's field `file`. */
export async function stagePicture(ctx: Context<State>): Promise<Response> {
  const { files: [file] } = await readMultipart(ctx.req, 1);
  if (file === undefined) {
    throw new AppError("invalid", { code: "request.form" }, { field: "file" });
  }
  const visitor = visit(ctx).id;
  const { id, type, bytes, width, height } = await ctx.state.services.pictures.stage(
    { visitor, address: limitAddress(ctx) },
    file,
  );
  const headers = { location: `/api/media/${id}`, "cache-control": "no-store" };
  const about = { id, kind: "picture", type, bytes: bytes.length, width, height };
  return Response.json(about, { status: 201, headers });
}

/**
 * Reads a form with files. Empty file fields, as browsers send them, are left out.
 * @throws {AppError} `invalid`, `too_large` or `too_slow`
 */
export async function readMultipart(request: Request, most = MOST_PICTURES): Promise<PostedForm> {
  const limit = Math.min(most * MAX_PICTURE_BYTES, MOST_TOGETHER) + FORM_BYTES;
  const bytes = await readMedia(request, limit).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.told.code !== "request.too_large") throw error;
    const megabytes = (limit - FORM_BYTES) / 1_000_000;
    const code = most === 1 ? "picture.too_large" : "picture.together";
    throw new AppError("too_large", { code, megabytes }, { field: "file" });
  });
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const form = await new Response(bytes, { headers }).formData().catch(() => null);
  if (form === null) throw new AppError("invalid", { code: "request.form" });
  const fields: PostedForm["fields"] = {};
  const files: SentFile[] = [];
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else if (value.size > 0 || value.name !== "") {
      files.push({ type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
  }
  return { fields, files };
}
