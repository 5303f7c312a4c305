import { deepStrictEqual as equals, strictEqual as same } from "node:assert";
import type { ChatEvent, StartEvent } from "./chat_events.ts";
import {
  type ChatState,
  isBusy,
  type LocalEvent,
  NO_ANSWER,
  openChat,
  reduce,
  runningTurn,
} from "./chat_state.ts";

const fold = (events: (ChatEvent | LocalEvent)[], from: ChatState = openChat(null)) =>
  events.reduce(reduce, from);

function start(turnId: string, seq: number, text = "Hi"): StartEvent {
  return {
    type: "start",
    turnId,
    model: "m",
    variant: null,
    estimate: { usd: "0.01" },
    question: { id: `q${seq}`, seq, text, html: `<p>${text}</p>`, channel: "web", at: 0 },
    simulated: false,
  };
}

const done = (seq: number, html: string): ChatEvent => ({
  type: "done",
  messageId: `r${seq}`,
  at: 0,
  seq,
  html,
  reason: "stop",
});

const cost: ChatEvent = {
  type: "cost",
  turn: "0.01",
  session: "0.02",
  toolToday: "1.00",
  ceiling: null,
  level: "yellow",
  basis: "reported",
  simulated: false,
};

const failed: ChatEvent = {
  type: "error",
  problem: "/problems/upstream",
  title: "No answer",
  status: 502,
  detail: "",
  retryable: true,
  retryAfterSeconds: null,
};

const sent = (message: string): LocalEvent => ({
  type: "sent",
  pending: { action: "send", message, seq: null, turnId: null },
});

const RUNNING = { turnId: "a", seq: 0, blocks: [], upTo: 0, tail: "" };
const STOPPED = { type: "done", messageId: "r1", at: 0, seq: 1, reason: "stopped" } as const;

const last = (state: ChatState) => state.turns.at(-1);

Deno.test("reduce() keeps as tail the text that finished blocks do not cover", () => {
  const state = fold([
    start("a", 0),
    { type: "delta", text: "one\n\ntw" },
    { type: "html", blocks: ["<p>one</p>"], upTo: 5 },
    { type: "delta", text: "o\n\n" },
  ]);
  equals(last(state)?.blocks, ["<p>one</p>"]);
  same(last(state)?.tail, "two\n\n");
  same(last(reduce(state, { type: "html", blocks: ["<p>two</p>"], upTo: 10 }))?.tail, "");
});

Deno.test("reduce() never changes existing blocks", () => {
  const before = fold([start("a", 0), { type: "html", blocks: ["1"], upTo: 1 }]);
  const after = reduce(before, { type: "html", blocks: ["2"], upTo: 2 });
  equals(last(before)?.blocks, ["1"]);
  equals(last(after)?.blocks, ["1", "2"]);
});

Deno.test("openChat() continues where the server's page ended", () => {
  const running = { turnId: "a", seq: 0, blocks: ["<p>one</p>"], upTo: 5, tail: "tw" };
  const state = fold([
    { type: "delta", text: "o" },
    { type: "html", blocks: ["<p>two</p>"], upTo: 8 },
    cost,
    done(1, "<p>one</p><p>two</p>"),
  ], openChat(running));
  equals(last(state)?.blocks, ["<p>one</p>", "<p>two</p>"]);
  equals(last(state)?.phase, {
    name: "done",
    at: 0,
    seq: 1,
    reason: "stop",
    html: "<p>one</p><p>two</p>",
  });
  same(state.cost?.session, "0.02");
});

Deno.test("reduce() replaces the turns from a start's question on", () => {
  const state = fold([
    start("a", 0),
    done(1, ""),
    start("b", 2),
    done(3, ""),
    start("c", 2, "Again"),
  ]);
  equals(state.turns.map((turn) => turn.turnId), ["a", "c"]);
  same(state.replacedFrom, 0);
});

Deno.test("reduce() restarts a turn when its start comes twice", () => {
  const state = fold([start("a", 0), { type: "delta", text: "x" }, start("a", 0)]);
  same(state.turns.length, 1);
  same(last(state)?.tail, "");
});

Deno.test("reduce() shows a sent question until its turn starts", () => {
  const waiting = fold([sent("Hi")]);
  same(waiting.pending?.message, "Hi");
  same(isBusy(waiting), true);
  same(reduce(waiting, start("a", 0)).pending, null);
  same(reduce(waiting, { type: "refused" }).pending, null);
});

Deno.test("reduce() keeps a sent question while another tab's turn starts", () => {
  const state = fold([sent("Mine"), start("other", 0, "Theirs")]);
  same(state.pending?.message, "Mine");
  const taken = reduce(state, { type: "taken", turnId: "mine" });
  same(reduce(taken, start("mine", 2, "Mine, trimmed")).pending, null);
});

Deno.test("reduce() handles the answer to a post after the turn's start", () => {
  const state = fold([sent("Hi"), start("a", 0, "Hi (as the server wrote it)")]);
  same(state.pending?.message, "Hi");
  same(reduce(state, { type: "taken", turnId: "a" }).pending, null);
});

Deno.test("reduce() ends a turn by an error and allows a retry", () => {
  const state = fold([start("a", 0), { type: "delta", text: "x" }, failed]);
  same(last(state)?.phase.name, "failed");
  same(isBusy(state), false);
  equals(reduce(state, start("b", 0)).turns.map((turn) => turn.turnId), ["b"]);
});

Deno.test("reduce() keeps failures while the conversation goes on", () => {
  const state = fold([start("a", 0), failed, start("b", 1), done(2, "<p>x</p>"), start("c", 3)]);
  equals(state.turns.map(({ turnId, phase }) => [turnId, phase.name]), [
    ["a", "failed"],
    ["b", "done"],
    ["c", "running"],
  ]);
  const late = fold([failed, start("b", 5)], openChat({ ...RUNNING, seq: 4 }));
  equals(late.turns.map((turn) => turn.turnId), ["a", "b"]);
});

Deno.test("reduce() keeps the received part of a failed reply as interrupted", () => {
  const state = fold([
    start("a", 4),
    { type: "delta", text: "one\n\n" },
    { type: "html", blocks: ["<p>one</p>"], upTo: 5 },
    failed,
  ]);
  equals(last(state)?.phase, {
    name: "done",
    at: null,
    seq: 5,
    reason: "interrupted",
    html: "<p>one</p>",
  });
});

Deno.test("reduce() keeps nothing of a reply that was taken back", () => {
  const withdrawn: ChatEvent = { type: "withdrawn", code: "provider-withdrawn" };
  const written: ChatEvent[] = [
    start("a", 4),
    { type: "delta", text: "one\n\ntwo" },
    { type: "html", blocks: ["<p>one</p>"], upTo: 5 },
    withdrawn,
  ];
  const { blocks, tail, phase } = last(fold(written)) ?? {};
  equals([blocks, tail, phase?.name], [[], "", "running"]);
  equals(last(fold([...written, failed]))?.phase, { name: "failed", error: failed });
});

Deno.test("reduce() reports no answer for a reply stopped before its first word", () => {
  const state = fold([start("a", 0), { ...STOPPED, html: "" }]);
  equals(last(state)?.phase, { name: "failed", error: NO_ANSWER });
});

Deno.test("reduce() leaves ended turns alone", () => {
  const ended = fold([start("a", 0), done(1, "<p>x</p>")]);
  const late: ChatEvent[] = [{ type: "delta", text: "late" }, failed];
  same(fold(late, ended), ended);
  same(last(reduce(ended, cost))?.cost?.turn, "0.01");
});

Deno.test("reduce() marks the running turn while it is being stopped", () => {
  const state = fold([start("a", 0), { type: "stopping", on: true }]);
  equals(runningTurn(state)?.phase, { name: "running", stopping: true });
});

Deno.test("reduce() is stale when only a reload can be right", () => {
  same(fold([{ type: "reload" }]).stale, true);
});
