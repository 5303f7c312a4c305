import { assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { conversationSubject, EventBus } from "./event_bus.ts";

const ONE = { visitor: "v", tool: "one" };
const NO_LOG = () => {};
const OTHER = { visitor: "v", tool: "other" };

Deno.test("EventBus.emit() calls listeners of the type, of all subjects or of the event's", () => {
  const bus = new EventBus(NO_LOG);
  const heard: string[] = [];
  bus.subscribe("TurnSettled", ({ tool }) => void heard.push(`all ${tool}`));
  bus.subscribe("TurnBegan", () => void heard.push("began"));
  bus.subscribeTo("TurnSettled", conversationSubject(ONE), () => void heard.push("one"));
  bus.emit("TurnSettled", ONE);
  bus.emit("TurnSettled", OTHER);
  assertEquals(heard, ["all one", "one", "all other"]);
});

Deno.test("EventBus.emit() goes on when a listener throws or rejects, and logs what it was", async () => {
  const lines: unknown[][] = [];
  const bus = new EventBus((...line) => lines.push(line));
  let heard = 0;
  bus.subscribe("TurnSettled", () => {
    throw new TypeError("at once");
  });
  bus.subscribe("TurnSettled", () => Promise.reject(new RangeError("later")));
  bus.subscribe("TurnSettled", () => void heard++);
  bus.emit("TurnSettled", ONE);
  assertEquals(heard, 1);
  await new Promise((go) => setTimeout(go));
  const line = (error: string) => ["error", "A listener failed", { event: "TurnSettled", error }];
  assertEquals(lines, [line("TypeError"), line("RangeError")]);
});

Deno.test("EventBus.subscribeTo() ends when its answer is called, and its subject with it", () => {
  const bus = new EventBus(NO_LOG);
  let heard = 0;
  const [first, second] = [0, 1].map(() =>
    bus.subscribeTo("SpendingChanged", "tool", () => void heard++)
  );
  bus.subscribe("SpendingChanged", () => {});
  first?.();
  bus.emit("SpendingChanged", { tool: "tool" });
  assertEquals([heard, bus.subjectsOf("SpendingChanged")], [1, ["tool"]]);
  second?.();
  bus.emit("SpendingChanged", { tool: "tool" });
  assertEquals([heard, bus.subjectsOf("SpendingChanged")], [1, []]);
});

Deno.test("EventBus.emitAndWait() waits for all listeners, and throws what one throws", async () => {
  const bus = new EventBus(NO_LOG);
  let done = false;
  bus.subscribe("ProcessLost", () => {
    throw new Error("the first");
  });
  bus.subscribe("ProcessLost", async () => {
    await new Promise((go) => setTimeout(go, 5));
    done = true;
  });
  await assertRejects(() => bus.emitAndWait("ProcessLost", { process: "p" }), "the first");
  assertEquals(done, true);
});
