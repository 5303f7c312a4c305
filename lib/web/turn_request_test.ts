import fc from "fast-check";
import { errorText } from "../locales/errors/error_text.ts";
import { AppError } from "../platform/errors.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { LONGEST_MESSAGE } from "../shared/views/chat_view.ts";
import { parseTurn } from "./turn_request.ts";

const asked = { toolId: "math-tutor", message: "What is 7 × 8?" };

function refusal(input: unknown): AppError {
  try {
    parseTurn(input);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  assert.fail("It was taken");
}

Deno.test("parseTurn() takes a message alone, and makes a request id", () => {
  const turn = parseTurn(asked);
  assertEquals([turn.tool, turn.action], ["math-tutor", { kind: "send", message: asked.message }]);
  assert.match(turn.request, /^[\w-]{16,64}$/);
  assert.notEqual(turn.request, parseTurn(asked).request);
});

Deno.test("parseTurn() takes edits and retries, from JSON and from forms", () => {
  assertEquals(parseTurn({ ...asked, action: "edit", seq: 4 }).action, {
    kind: "edit",
    message: asked.message,
    seq: 4,
  });
  assertEquals(parseTurn({ ...asked, action: "edit", seq: "4" }).action.kind, "edit");
  assertEquals(parseTurn({ toolId: "a", action: "regenerate" }).action, { kind: "regenerate" });
});

Deno.test("parseTurn() names the invalid field", () => {
  const wrong: [field: string, input: unknown][] = [
    ["toolId", { ...asked, toolId: "../etc" }],
    ["toolId", { message: "Hi" }],
    ["message", { toolId: "a" }],
    ["message", { ...asked, message: " \n\0 " }],
    ["message", { ...asked, message: "\u200b\u202e\u3164" }],
    ["message", { ...asked, message: 7 }],
    ["message", { ...asked, message: "x".repeat(LONGEST_MESSAGE + 1) }],
    ["requestId", { ...asked, requestId: "short" }],
    ["requestId", { ...asked, requestId: "a b".repeat(8) }],
    ["seq", { ...asked, action: "edit", seq: -1 }],
    ["seq", { ...asked, action: "edit", seq: 1.5 }],
    ["seq", { ...asked, action: "edit", seq: "x" }],
    ["seq", { ...asked, action: "edit" }],
    ["seq", { ...asked, action: "edit", seq: "" }],
    ["seq", { ...asked, action: "edit", seq: null }],
    ["seq", { ...asked, action: "edit", seq: true }],
    ["action", { ...asked, action: "delete" }],
    ["attachments", { ...asked, attachments: [{}] }],
  ];
  for (const [field, input] of wrong) {
    const error = refusal(input);
    assertEquals([error.kind, error.field], ["invalid", field], JSON.stringify(input).slice(0, 80));
    const text = errorText(error.told, { language: "en", timeZone: "UTC", now: 0 });
    assert.doesNotMatch(text, /Invalid input|expected|undefined/, text);
  }
});

Deno.test("parseTurn() refuses anything but an object", () => {
  for (const input of [null, undefined, 5, "text", [], true]) {
    assertEquals(refusal(input).kind, "invalid");
  }
});

Deno.test("parseTurn() normalises a message: well-formed, without NUL, carriage returns or outer blanks", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (message) => {
    try {
      const { action } = parseTurn({ ...asked, message });
      assert.ok(action.kind === "send");
      assert.ok(action.message.isWellFormed());
      assert.equal(action.message, action.message.trim());
      assert.doesNotMatch(action.message, /\0|\r\n|^$/);
    } catch (error) {
      assert.ok(error instanceof AppError && error.field === "message");
    }
  }));
});

Deno.test("parseTurn() throws only AppErrors", () => {
  fc.assert(fc.property(fc.jsonValue(), (input) => {
    try {
      parseTurn(input);
    } catch (error) {
      assert.ok(error instanceof AppError);
    }
  }));
});
