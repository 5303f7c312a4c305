import type { Context } from "fresh";
import { z } from "zod";
import { PIECE_BYTES, type UploadProgress } from "../media/uploads/uploads.ts";
import { AppError } from "../platform/errors.ts";
import { toolId } from "../tools/rules/tool.ts";
import type { State } from "./define.ts";
import { readBytes } from "./edge/body.ts";
import { problemResponse } from "./errors.ts";
import { limitAddress, visit } from "./visit.ts";

/** Most languages of a browser that are passed on as hints. */
const MOST_LANGUAGES = 4;

/** A request for a transcript, at the cost of a tool. */
export const transcriptBody = z.object({ toolId });

/** A header's whole number; null when it is absent or anything else. */
function numberOf(headers: Headers, name: string): number | null {
  const value = headers.get(name) ?? "";
  return /^\d{1,12}$/.test(value) ? Number(value) : null;
}

/** Begins an upload by its `Upload-Length`; `Idempotency-Key` names it for a repeated request. */
export async function beginUpload(ctx: Context<State>): Promise<Response> {
  const { headers } = ctx.req;
  await ctx.req.body?.cancel();
  const length = numberOf(headers, "upload-length");
  if (length === null || length === 0) throw lacking("Upload-Length");
  const progress = await ctx.state.services.voiceNotes.uploads.begin({
    visitor: visit(ctx).id,
    address: limitAddress(ctx),
    length,
    name: headers.get("idempotency-key")?.slice(0, 200) ?? crypto.randomUUID(),
  });
  const { id } = progress;
  return Response.json({ id, kind: "sound" }, {
    status: 201,
    headers: [["location", `/api/media/${id}`], ...uploadHeaders(progress)],
  });
}

/** Appends the next piece, which begins at `Upload-Offset`. */
export async function appendPiece(ctx: Context<State>): Promise<Response> {
  const offset = numberOf(ctx.req.headers, "upload-offset");
  if (offset === null) throw lacking("Upload-Offset");
  const piece = await readBytes(ctx.req, PIECE_BYTES);
  const { uploads } = ctx.state.services.voiceNotes;
  try {
    const progress = await uploads.append(visit(ctx).id, ctx.params.id ?? "", offset, piece);
    return new Response(null, { status: 204, headers: uploadHeaders(progress) });
  } catch (error) {
    if (!(error instanceof AppError) || error.told.code !== "upload.offset") throw error;
    const response = problemResponse(error, ctx);
    response.headers.set("upload-offset", String(error.told.offset));
    return response;
  }
}

/** How far an upload has come, in headers. */
export function uploadHeaders({ length, offset }: UploadProgress): [string, string][] {
  return [
    ["upload-length", String(length)],
    ["upload-offset", String(offset)],
    ["cache-control", "no-store"],
  ];
}

/**
 * The tool of a request for a transcript.
 * @throws {AppError} `invalid`
 */
export function parseTranscript(input: unknown): string {
  const read = transcriptBody.safeParse(input);
  if (read.success) return read.data.toolId;
  throw new AppError("invalid", { code: "message.invalid", field: "toolId", takes: "toolId" }, {
    field: "toolId",
  });
}

/** The languages of a browser (ISO 639-1), most wanted first. */
export function browserLanguages({ headers }: Request): string[] {
  const tags = (headers.get("accept-language") ?? "").split(",");
  const codes = tags.map((tag) => /^\s*([a-z]{2})(?![a-z])/i.exec(tag)?.[1]?.toLowerCase());
  return [...new Set(codes.filter((code) => code !== undefined))].slice(0, MOST_LANGUAGES);
}

function lacking(field: string): AppError {
  return new AppError("invalid", { code: "upload.header", field }, { field });
}
