import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { createCalendar, daysUntil } from "./calendar.ts";

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

/** Length in hours of the day that holds an instant. */
function hoursOf(zone: string, noon: string): number {
  const calendar = createCalendar(zone);
  const end = calendar.endOfDay(at(noon));
  const before = createCalendar(zone).endOfDay(at(noon) - 24 * HOUR);
  return (end - before) / HOUR;
}

Deno.test("dayOf() is the day in the organisation's zone", () => {
  const instant = at("2026-11-22T22:30:00Z");
  assertEquals(createCalendar("UTC").dayOf(instant), "2026-11-22");
  assertEquals(createCalendar("Africa/Nairobi").dayOf(instant), "2026-11-23");
  assertEquals(createCalendar("America/New_York").dayOf(instant), "2026-11-22");
  assertEquals(createCalendar("Pacific/Kiritimati").dayOf(instant), "2026-11-23");
  assertEquals(createCalendar("Asia/Kathmandu").dayOf(at("2026-01-01T18:15:00Z")), "2026-01-02");
});

Deno.test("hourOf() is the local hour, in zones offset by quarters of an hour too", () => {
  const instant = at("2026-11-22T22:30:00Z");
  assertEquals(createCalendar("UTC").hourOf(instant), 22);
  assertEquals(createCalendar("America/New_York").hourOf(instant), 17);
  const kathmandu = createCalendar("Asia/Kathmandu");
  assertEquals(kathmandu.hourOf(at("2026-01-01T18:14:59Z")), 23);
  assertEquals(kathmandu.hourOf(at("2026-01-01T18:15:00Z")), 0);
});

Deno.test("endOfDay() handles days of 23, 24 and 25 hours", () => {
  assertEquals(hoursOf("Europe/Berlin", "2026-03-29T12:00:00Z"), 23);
  assertEquals(hoursOf("Europe/Berlin", "2026-03-30T12:00:00Z"), 24);
  assertEquals(hoursOf("Europe/Berlin", "2026-10-25T12:00:00Z"), 25);
  assertEquals(hoursOf("Australia/Lord_Howe", "2026-04-05T02:00:00Z"), 24.5);
});

Deno.test("endOfDay() finds midnight where daylight saving begins at midnight", () => {
  // In Beirut the hour from 0:00 to 1:00 of 29 March 2026 does not exist.
  const calendar = createCalendar("Asia/Beirut");
  const end = calendar.endOfDay(at("2026-03-28T12:00:00Z"));
  assertEquals(new Date(end).toISOString(), "2026-03-28T22:00:00.000Z");
  assertEquals(calendar.dayOf(end), "2026-03-29");
});

Deno.test("endOfDay() does not repeat a day when clocks go back over midnight", () => {
  // Havana: at 1:00 of 1 November 2026 it is 0:00 again.
  const calendar = createCalendar("America/Havana");
  const days = [3.5, 4.2, 4.8, 5.2, 5.8, 6.5]
    .map((hours) => calendar.dayOf(at("2026-11-01T00:00:00Z") + hours * HOUR));
  assertEquals(days, ["2026-10-31", ...Array.from({ length: 5 }, () => "2026-11-01")]);
});

const zone = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/Sao_Paulo",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "Pacific/Apia",
  "Africa/Casablanca",
);
const instant = fc.integer({ min: at("2000-01-01T00:00Z"), max: at("2040-01-01T00:00Z") });

Deno.test("endOfDay() is the first instant of the next day, for any zone and instant", () => {
  fc.assert(
    fc.property(zone, instant, (timeZone, now) => {
      const end = createCalendar(timeZone).endOfDay(now);
      assert.ok(end > now && end - now <= 26 * HOUR);
      const today = createCalendar(timeZone).dayOf(now);
      assertEquals(createCalendar(timeZone).dayOf(end - 1), today);
      assert.notEqual(createCalendar(timeZone).dayOf(end), today);
    }),
    { numRuns: 60 },
  );
});

Deno.test("createCalendar() answers instants in any order as a new calendar does", () => {
  fc.assert(
    fc.property(
      zone,
      instant,
      fc.array(fc.integer({ min: -40 * HOUR, max: 40 * HOUR }), { maxLength: 12 }),
      (timeZone, start, steps) => {
        const kept = createCalendar(timeZone);
        let now = start;
        for (const step of steps) {
          now += step;
          assertEquals(kept.dayOf(now), createCalendar(timeZone).dayOf(now));
          assertEquals(kept.endOfDay(now), createCalendar(timeZone).endOfDay(now));
        }
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("daysUntil() counts back over months and leap days", () => {
  assertEquals(daysUntil("2028-03-01", 3), ["2028-02-28", "2028-02-29", "2028-03-01"]);
  assertEquals(daysUntil("2026-01-01", 2), ["2025-12-31", "2026-01-01"]);
  assertEquals(daysUntil("2026-01-01", 0), []);
});
