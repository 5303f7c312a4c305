import { z } from "zod";
import type { RawRecord } from "../store/whole_store/generation_records.ts";
import { fromJson, NotStorable, toJson } from "./value_text.ts";

/*
 * A backup, uncompressed: lines of JSON.
 *
 *   {"format":"obt-helper-backup","version":1,"app":"1.0.0","schema":5,"made":"2026-11-29T…"}
 *   [key, value]                  one a record, in the order of the store
 *   {"records":2,"sha256":"…"}    hash of all lines before, with their line feeds
 */

export const FORMAT = "obt-helper-backup";
/** Deno KV takes values of 64 KiB and keys of 2 KiB; JSON and base64 make them longer. */
export const LONGEST_LINE = 1_000_000;

const header = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  /** Version of the program that made it. */
  app: z.string().max(40),
  /** Version of the records. */
  schema: z.number().int().min(1).max(10_000),
  /** ISO 8601 */
  made: z.iso.datetime(),
});
const trailer = z.strictObject({
  records: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type BackupHeader = z.output<typeof header>;
export type BackupTrailer = z.output<typeof trailer>;

/** A line of a backup that is none of its lines. */
export class DamagedBackup extends Error {
  override name = "DamagedBackup";
}

export function headerLine(fields: Omit<BackupHeader, "format" | "version">): string {
  return JSON.stringify({ format: FORMAT, version: 1, ...fields });
}

export function trailerLine(fields: BackupTrailer): string {
  return JSON.stringify(fields);
}

/** @throws {NotStorable} */
export function recordLine({ path, value }: RawRecord): string {
  return JSON.stringify([path.map((part) => toJson(part)), toJson(value)]);
}

/** @throws {DamagedBackup} */
export function parseHeader(line: string): BackupHeader {
  const { data } = header.safeParse(jsonOf(line));
  if (data === undefined) throw new DamagedBackup("header");
  return data;
}

/** A record, or the trailer. @throws {DamagedBackup} */
export function parseLine(line: string): RawRecord | BackupTrailer {
  const json = jsonOf(line);
  if (!Array.isArray(json)) {
    const { data } = trailer.safeParse(json);
    if (data === undefined) throw new DamagedBackup("record");
    return data;
  }
  const [path, value] = json;
  if (json.length !== 2 || !Array.isArray(path)) throw new DamagedBackup("record");
  try {
    const parts = path.map(fromJson);
    const [family] = parts;
    // A number would be a generation.
    if (typeof family !== "string" || !parts.every(isKeyPart)) throw new DamagedBackup("key");
    return { path: parts, value: fromJson(value) };
  } catch (error) {
    if (error instanceof NotStorable) throw new DamagedBackup(error.message);
    throw error;
  }
}

function isKeyPart(part: unknown): part is Deno.KvKeyPart {
  return ["string", "number", "bigint", "boolean"].includes(typeof part) ||
    part instanceof Uint8Array;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new DamagedBackup("json");
  }
}
