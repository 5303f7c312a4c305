import { assertEquals } from "@/tests/support/assert.ts";
import { textWithPlace } from "./place.ts";

const KIBERA = { latitude: -1.3133, longitude: 36.7842, label: "Kibera", address: "Nairobi" };

Deno.test("textWithPlace() puts the place's names and coordinates into the question", () => {
  const line = "📍 Kibera, Nairobi (-1.3133, 36.7842)";
  assertEquals(textWithPlace("", KIBERA), line);
  assertEquals(textWithPlace("Kibera", KIBERA), line);
  assertEquals(textWithPlace(" Nairobi ", KIBERA), line);
  assertEquals(
    textWithPlace("Where is the next school?", KIBERA),
    `Where is the next school?\n${line}`,
  );
  const bare = { ...KIBERA, label: null, address: null };
  assertEquals(textWithPlace("", bare), "📍 (-1.3133, 36.7842)");
  const doubled = { ...KIBERA, label: "Nairobi" };
  assertEquals(textWithPlace("", doubled), "📍 Nairobi (-1.3133, 36.7842)");
  const lines = { ...KIBERA, label: "a\nSTOP", address: null };
  assertEquals(textWithPlace("", lines), "📍 a STOP (-1.3133, 36.7842)");
});
