import { assertEquals } from "@/tests/support/assert.ts";
import { describeAgent } from "./user_agent.ts";

Deno.test("describeAgent() names browser and system", () => {
  const tail = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";
  const rows: [string | null, string][] = [
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${tail} Safari/537.36`, "Chrome on Windows"],
    [`Mozilla/5.0 (Windows NT 10.0) ${tail} Safari/537.36 Edg/140.0`, "Edge on Windows"],
    [`Mozilla/5.0 (Linux; Android 10; K) ${tail} Mobile Safari/537.36`, "Chrome on Android"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Mobile Safari/604",
      "Safari on iOS",
    ],
    ["curl/8.0", "Another browser"],
    [null, "Another browser"],
  ];
  for (const [given, expected] of rows) assertEquals(describeAgent(given), expected);
});
