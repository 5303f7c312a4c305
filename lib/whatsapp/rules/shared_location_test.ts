import { assertEquals } from "@/tests/support/assert.ts";
import { textWithLocation } from "./shared_location.ts";

const KIBERA = { latitude: -1.3133, longitude: 36.7842, label: "Kibera", address: "Nairobi" };

Deno.test("textWithLocation() appends names and coordinates once", () => {
  const line = "📍 Kibera, Nairobi (-1.3133, 36.7842)";
  assertEquals(textWithLocation("", KIBERA), line);
  assertEquals(textWithLocation("Kibera", KIBERA), line);
  assertEquals(textWithLocation(" Nairobi ", KIBERA), line);
  assertEquals(
    textWithLocation("Where is the next school?", KIBERA),
    `Where is the next school?\n${line}`,
  );
  const bare = { ...KIBERA, label: null, address: null };
  assertEquals(textWithLocation("", bare), "📍 (-1.3133, 36.7842)");
  const doubled = { ...KIBERA, label: "Nairobi" };
  assertEquals(textWithLocation("", doubled), "📍 Nairobi (-1.3133, 36.7842)");
  const lines = { ...KIBERA, label: "a\nSTOP", address: null };
  assertEquals(textWithLocation("", lines), "📍 a STOP (-1.3133, 36.7842)");
});
