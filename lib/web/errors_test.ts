import { HttpError } from "fresh";
import type { ErrorKind } from "../locales/errors/codes.ts";
import { AppError } from "../platform/errors.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { codeOf, problemAnswer, problemOf, retryAfterOf } from "./errors.ts";

const READER = { language: "en", timeZone: "UTC", now: 0 } as const;

const statuses: Record<ErrorKind, number> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  too_slow: 408,
  wrong_type: 415,
  wrong_host: 421,
  unauthenticated: 401,
  limited: 429,
  over_budget: 429,
  over_share: 429,
  unavailable: 503,
  upstream: 502,
};

for (const [kind, status] of Object.entries(statuses)) {
  Deno.test(`problemOf() gives "${kind}" the status ${status} and a type of its own`, () => {
    // The keys above are the kinds.
    const problem = problemOf(
      new AppError(kind as ErrorKind, { code: "tool.gone" }),
      READER,
    );
    assertEquals(problem.status, status);
    assertEquals(problem.type, `/problems/${kind.replace("_", "-")}`);
    assertEquals(problem.detail, "This tool is no longer available.");
    assert.ok(problem.title !== "" && !problem.title.endsWith("."));
  });
}

Deno.test("problemOf() hides the text of a program fault", () => {
  for (const fault of [new TypeError("secret"), "secret", { message: "secret" }, null, undefined]) {
    const problem = problemOf(fault, READER);
    assertEquals([problem.status, problem.retryable], [500, true]);
    assert.ok(!JSON.stringify(problem).includes("secret"));
  }
  const cause = new AppError("unavailable", { code: "store.failing" }, {
    cause: new Error("secret"),
  });
  assert.ok(!JSON.stringify(problemOf(cause, READER)).includes("secret"));
});

Deno.test("problemOf() keeps the status of the router's errors, without their text", () => {
  for (const status of [404, 405, 403, 400] as const) {
    const problem = problemOf(new HttpError(status, "secret"), READER);
    assertEquals(problem.status, status);
    assert.ok(!JSON.stringify(problem).includes("secret"));
  }
  assertEquals(problemOf(new HttpError(503, "secret"), READER).status, 500);
});

Deno.test("retryAfterOf() rounds up to whole seconds, at least one", () => {
  const after = (retryAfterMs: number) =>
    retryAfterOf(new AppError("limited", { code: "server.busy" }, { retryAfterMs }));
  assertEquals([0, 1, 1_000, 1_001].map(after), [1, 1, 1, 2]);
  assertEquals(retryAfterOf(new AppError("limited", { code: "server.busy" })), null);
  assertEquals(retryAfterOf(new Error()), null);
});

Deno.test("problemAnswer() is problem details with the request's id, and Retry-After when there is a time", async () => {
  const error = new AppError("limited", { code: "server.busy" }, {
    retryAfterMs: 2_500,
    field: "message",
  });
  const response = problemAnswer(error, READER, "id-of-it");
  assertEquals(response.status, 429);
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  assertEquals(response.headers.get("retry-after"), "3");
  assertEquals(await response.json(), {
    type: "/problems/limited",
    title: "Too many requests",
    status: 429,
    detail: "The server is busy with many requests. Try again.",
    code: "server.busy",
    field: "message",
    retryable: true,
    requestId: "id-of-it",
  });
});

Deno.test("codeOf() is the error's code, or a fault's name, never its text", () => {
  const error = new AppError("limited", { code: "server.busy" });
  assertEquals(codeOf(error), "server.busy");
  assertEquals(codeOf(new HttpError(429, "secret", { cause: error })), "server.busy");
  assertEquals(codeOf(new HttpError(404, "secret")), "http.404");
  assertEquals(codeOf(new TypeError("secret")), "fault.TypeError");
  assertEquals(codeOf("secret"), "fault");
});
