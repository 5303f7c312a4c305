import { deepStrictEqual as equal } from "node:assert/strict";
import { retryAfterMs } from "./retry_after.ts";

const NOW = Date.parse("Tue, 24 Nov 2026 12:00:00 GMT");

const cases: [headers: Record<string, string>, expected: number | undefined][] = [
  [{}, undefined],
  [{ "retry-after": "7" }, 7_000],
  [{ "retry-after": " 0.5 " }, 500],
  [{ "retry-after": "Tue, 24 Nov 2026 12:00:30 GMT" }, 30_000],
  [{ "retry-after": "Tue, 24 Nov 2026 11:00:00 GMT" }, 0],
  [{ "retry-after": "999999999" }, 86_400_000],
  [{ "retry-after": "-5" }, undefined],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "" }, undefined],
  [{ "retry-after": "7", "retry-after-ms": "120" }, 120],
  [{ "retry-after": "7", "retry-after-ms": "soon" }, 7_000],
];
for (const [headers, expected] of cases) {
  Deno.test(`retryAfterMs(): ${JSON.stringify(headers)} is ${expected} ms`, () => {
    equal(retryAfterMs(new Headers(headers), NOW), expected);
  });
}
