import { assert, assertEquals } from "@/tests/support/assert.ts";
import { PROOFS } from "./proofs.ts";
import { lineOf, prove } from "./running.ts";

Deno.test("PROOFS are existing programs, each named once, and take four hours in all at most", async () => {
  assertEquals(new Set(PROOFS.map(({ name }) => name)).size, PROOFS.length);
  for (const { file, args } of PROOFS) {
    assert.ok((await Deno.stat(new URL(`../../${file}`, import.meta.url))).isFile, file);
    assert.ok(args(0).every((arg) => /^\d+$/.test(arg)), file);
  }
  const minutes = PROOFS.reduce((sum, proof) => sum + proof.minutes, 0);
  assert.ok(minutes <= 240, `${minutes} minutes`);
});

Deno.test("prove() tells success from failure, passes the seed on, and ends a program over its time limit", async () => {
  const program = (text: string, minutes = 1) =>
    prove({
      name: "trial",
      about: "",
      file: `data:application/javascript,${encodeURIComponent(text)}`,
      args: (seed) => [String(seed)],
      minutes,
    }, 42);
  const [good, bad, late] = await Promise.all([
    program("Deno.exit(Deno.args[0] === '42' ? 0 : 1)"),
    program("throw new Error('wrong')"),
    program("setInterval(() => {}, 1_000)", 1.5 / 60),
  ]);
  assertEquals([good, bad, late].map(({ result }) => result), ["proved", "FAILED", "OUT OF TIME"]);
  assert.match(lineOf(good), /^trial +proved +\d+\.\d s {2}seed 42$/);
});
