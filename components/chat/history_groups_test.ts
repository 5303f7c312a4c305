import { assertEquals } from "@/tests/support/assert.ts";
import { historyGroups } from "./history_groups.ts";

const DAYS = { today: "Today", yesterday: "Yesterday" };

/** Headings with the times below them. */
function grouped(times: string[], now: string, timeZone: string) {
  const views = times.map((time) => ({ id: time, title: time, at: Date.parse(time), messages: 1 }));
  return historyGroups(views, DAYS, { language: "en", timeZone, now: Date.parse(now) })
    .map(({ heading, items }) => [heading, ...items.map(({ when }) => when)]);
}

Deno.test("historyGroups() names today, yesterday and months in the zone", () => {
  const times = [
    "2026-03-05T00:30:00Z",
    "2026-03-04T23:30:00Z",
    "2026-03-03T10:00:00Z",
    "2026-02-27T10:00:00Z",
    "2026-02-26T10:00:00Z",
    "2025-02-26T10:00:00Z",
  ];
  assertEquals(grouped(times, "2026-03-05T08:00:00Z", "UTC"), [
    ["Today", "00:30"],
    ["Yesterday", "23:30"],
    ["March 2026", "March 3"],
    ["February 2026", "February 27", "February 26"],
    ["February 2025", "February 26"],
  ]);
  assertEquals(grouped(times.slice(0, 2), "2026-03-05T08:00:00Z", "Africa/Nairobi"), [
    ["Today", "03:30", "02:30"],
  ]);
});

Deno.test("historyGroups() finds yesterday when a day has 25 or 23 hours", () => {
  const zone = "Europe/Zurich";
  assertEquals(grouped(["2026-10-24T10:00:00Z"], "2026-10-25T22:30:00Z", zone), [
    ["Yesterday", "12:00"],
  ]);
  assertEquals(grouped(["2026-03-28T12:00:00Z"], "2026-03-29T21:30:00Z", zone), [
    ["Yesterday", "13:00"],
  ]);
});

Deno.test("historyGroups() of no conversations is empty", () => {
  assertEquals(grouped([], "2026-03-05T08:00:00Z", "UTC"), []);
});
