import { readConfig } from "../config.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { prices } from "./prices.ts";

type Command = (line: string) => Promise<[code: number, said: string]>;

/** The command on a new store. */
async function withStore(run: (command: Command) => Promise<void>): Promise<void> {
  await using files = await scratch();
  const config = readConfig({ KV_PATH: files.store });
  await run(async (line) => {
    const lines: string[] = [];
    const code = await prices(config, line.split(" ").filter(Boolean), (said) => lines.push(said));
    return [code, lines.join("\n")];
  });
}

Deno.test("prices() sets prices of tokens and pieces by date, lists and removes them", async () => {
  await withStore(async (command) => {
    assertEquals(await command(""), [0, ""]);
    assertEquals(await command("set openai own-model 2 8"), [
      0,
      "openai/own-model from the beginning: $2.00 in, $2.00 cached, $8.00 out per million tokens",
    ]);
    const [, dated] = await command(
      "set openai own-model 1 4 0.1 audio=32 from=2028-02-29",
    );
    assert.match(
      dated,
      /from 2028-02-29: \$1\.00 in, \$0\.10 cached, \$4\.00 out, \$32\.00 audio in per/,
    );
    assert.match(dated, /from the beginning: \$2\.00 in/);
    const [, both] = await command("unit twilio message 0.005");
    assert.match(both, /^twilio\/message from the beginning: \$0\.005 for one$/m);
    assertEquals((await command(""))[1], both);
    assertEquals(await command("remove openai own-model"), [
      0,
      "twilio/message from the beginning: $0.005 for one",
    ]);
  });
});

Deno.test("prices() refuses what is no command, price or date, with its usage, and changes nothing", async () => {
  await withStore(async (command) => {
    for (
      const line of [
        "set openai",
        "set openai own-model",
        "set openai own-model 1",
        "set openai own-model 1 much",
        "set openai own-model -1 2",
        "set openai own-model 1 2 from=soon",
        "set openai own-model 1 2 from=2027-02-30",
        "unit twilio message",
        "put openai own-model 1 2",
      ]
    ) {
      const [code, said] = await command(line);
      assertEquals(code, 1, line);
      assert.match(said, /prices set PROVIDER MODEL/, line);
    }
    assertEquals(await command(""), [0, ""]);
  });
});
