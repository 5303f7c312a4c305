import { assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { conversationSubject, EventBus } from "./event_bus.ts";

const ONE = { visitor: "v", tool: "one" };
const NO_LOG = () => {};
const OTHER = { visitor: "v", tool: "other" };

Deno.test("EventBus.emit() calls the listeners of the type: those of all subjects and of the event's", () => {
  const bus = new EventBus(NO_LOG);
  const heard: string[] = [];
  bus.subscribe("TurnSettled", ({ tool }) => void heard.push(`all ${tool}`));
  bus.subscribe("TurnBegan", () => void heard.push("began"));
  bus.subscribeTo("TurnSettled", conversationSubject(ONE), () => void heard.push("one"));
  bus.emit("TurnSettled", ONE);
  bus.emit("TurnSettled", OTHER);
  assertEquals(heard, ["all one", "one", "all other"]);
});

Deno.test("EventBus.emit() logs what a listener throws, and calls the others", async () => {
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

Deno.test("EventBus.subscribeTo() removes the subject with its last listener", () => {
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

Deno.test("EventBus.emitAndWait() waits for all listeners and throws what one throws", async () => {
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
