import { assertEquals } from "@/tests/support/assert.ts";
import { callerSpan } from "./traceparent.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c", SPAN = "b7ad6b7169203331";

Deno.test("callerSpan() reads the ids and the sampled flag, also of later versions", () => {
  const found = { trace: TRACE, span: SPAN, sampled: true };
  assertEquals(callerSpan(`00-${TRACE}-${SPAN}-01`), found);
  assertEquals(callerSpan(` 00-${TRACE}-${SPAN}-ff `), found);
  assertEquals(callerSpan(`00-${TRACE}-${SPAN}-02`), { ...found, sampled: false });
  assertEquals(callerSpan(`cc-${TRACE}-${SPAN}-01-what-comes-later`), found);
});

Deno.test("callerSpan() takes no header that the specification calls invalid", () => {
  const invalid = [
    null,
    "",
    TRACE,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${TRACE.slice(1)}-${SPAN}-01`,
    `cc-${TRACE}-${SPAN}-01.more`,
    // Two headers, as they are joined.
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  ];
  for (const header of invalid) assertEquals(callerSpan(header), null, String(header));
});
