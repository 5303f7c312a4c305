import { CompletionRun } from "@/lib/api/completion_run.ts";
import { parseCompletion } from "@/lib/api/rules/completion_request.ts";
import { assert } from "@/tests/support/assert.ts";
import { streamedAnswer, wholeAnswer } from "./completion_answer.ts";

const ASKED = parseCompletion({ model: "t", messages: [{ role: "user", content: "Hi" }] });
const reader = () => ({ language: "en", timeZone: "UTC", now: 0 } as const);

Deno.test("wholeAnswer() and streamedAnswer() stop a reply whose client left before it began, and one whose client leaves later", async () => {
  const answers = [
    (run: CompletionRun, left: AbortSignal) => wholeAnswer(run, ASKED, left),
    (run: CompletionRun, left: AbortSignal) => streamedAnswer(run, ASKED, reader, left),
  ];
  for (const answer of answers) {
    for (const before of [true, false]) {
      const run = new CompletionRun("0", 0);
      const leave = new AbortController();
      if (before) leave.abort();
      const answered = answer(run, leave.signal);
      if (!before) leave.abort();
      assert.ok(run.abort.signal.aborted);
      run.append("Well.");
      run.close({ kind: "failed", reason: "broken", retryAfterMs: null });
      await answered.then((response) => response.body?.cancel(), () => {});
    }
  }
});
