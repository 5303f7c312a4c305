import { assertEquals } from "@/tests/support/assert.ts";
import {
  beginSession,
  IDLE_MS,
  isAlive,
  isTokenOf,
  KNOWN_MS,
  LONGEST_MS,
  type SessionRecord,
  useSession,
} from "./admin_session.ts";

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;
const begun = beginSession({ email: "a@b.example", csrf: "csrf", token: "one", agent: "x" }, NOW);

const use = (session: SessionRecord, token: string, now: number) =>
  useSession(session, token, now, "successor");

Deno.test("isAlive() holds until thirty minutes without use, and until twelve hours in all", () => {
  assertEquals([IDLE_MS, LONGEST_MS, KNOWN_MS], [1_800_000, 43_200_000, 15_552_000_000]);
  assertEquals(isAlive(begun, NOW + IDLE_MS - 1), true);
  assertEquals(isAlive(begun, NOW + IDLE_MS), false);
  const busy = { ...begun, idleUntil: NOW + 2 * LONGEST_MS };
  assertEquals(isAlive(busy, NOW + LONGEST_MS - 1), true);
  assertEquals(isAlive(busy, NOW + LONGEST_MS), false);
});

Deno.test("useSession() writes a use once a minute, and rotates a token of fifteen minutes", () => {
  assertEquals(use(begun, "one", NOW + MINUTE - 1), {
    session: begun,
    changed: false,
    issued: false,
  });
  const noted = use(begun, "one", NOW + MINUTE);
  const usedAt = NOW + MINUTE;
  const after = { ...begun, usedAt, idleUntil: usedAt + IDLE_MS };
  assertEquals(noted, { session: after, changed: true, issued: false });
  const early = use(after, "one", NOW + 15 * MINUTE - 1);
  assertEquals([early?.session.next, early?.issued], [null, false]);
  const rotated = use(after, "one", NOW + 15 * MINUTE);
  assertEquals([rotated?.changed, rotated?.issued], [true, true]);
  assertEquals(
    [rotated?.session.token, rotated?.session.next, rotated?.session.rotatedAt],
    ["one", "successor", NOW + 15 * MINUTE],
  );
});

Deno.test("useSession() keeps a replaced token for a minute after its successor was used, and changes nothing for it", () => {
  const at = NOW + 15 * MINUTE;
  const rotated = use(begun, "one", at)?.session;
  // The response was lost: the old token is used again, within 15 minutes and later.
  assertEquals(use(rotated ?? begun, "one", at + 1), {
    session: rotated,
    changed: false,
    issued: false,
  });
  const promoted = use(rotated ?? begun, "successor", at + 5);
  assertEquals([promoted?.changed, promoted?.issued], [true, false]);
  const session = promoted?.session ?? begun;
  assertEquals(
    [session.token, session.next, session.old, session.usedAt],
    ["successor", null, "one", at + 5],
  );
  const graced = use(session, "one", at + 5 + MINUTE - 1);
  assertEquals(graced, { session, changed: false, issued: false });
  assertEquals(use(session, "one", at + 5 + MINUTE), null);
});

Deno.test("useSession() and isTokenOf() refuse other tokens, and useSession() any token of an ended session", () => {
  assertEquals(use(begun, "other", NOW), null);
  assertEquals(use(begun, "one", NOW + IDLE_MS), null);
  const rotated = { ...begun, next: "two", old: "zero", oldUntil: NOW + MINUTE };
  assertEquals(["one", "two", "zero", ""].map((token) => isTokenOf(rotated, token)), [
    true,
    true,
    false,
    false,
  ]);
  assertEquals(isTokenOf(begun, "two"), false);
});
