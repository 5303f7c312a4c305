import type { ApiTakes } from "../../locales/errors/api_codes.ts";
import { AppError } from "../../platform/errors.ts";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The error of a parameter with a value that is not accepted. */
export function invalid(parameter: string, takes: ApiTakes): AppError {
  return new AppError("invalid", { code: "api.invalid", parameter, takes }, { field: parameter });
}
