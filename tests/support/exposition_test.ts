import { assert, assertEquals } from "./assert.ts";
import { parseExposition } from "./exposition.ts";

const HEAD = "# HELP a_total Things.\n# TYPE a_total counter\n";
const HISTOGRAM = "# HELP h Time.\n# TYPE h histogram\n";

Deno.test("parseExposition() reads labels with escapes", () => {
  const found = parseExposition(`${HEAD}a_total{b="x\\"\\\\\\n",c=""} 1.5\n`);
  assertEquals(found.get("a_total"), {
    type: "counter",
    help: "Things.",
    samples: [{ name: "a_total", labels: { b: 'x"\\\n', c: "" }, value: 1.5 }],
  });
});

const WRONG: [string, string][] = [
  ["no last line end", `${HEAD}a_total 1`],
  ["a sample of another metric", `${HEAD}b_total 1\n`],
  ["a sample twice", `${HEAD}a_total 1\na_total 2\n`],
  ["a metric twice", `${HEAD}a_total 1\n${HEAD}`],
  ["a raw quote in a label", `${HEAD}a_total{b="x"y"} 1\n`],
  ["a negative counter", `${HEAD}a_total -1\n`],
  ["a counter without _total", "# HELP a Things.\n# TYPE a counter\n"],
  ["no number", `${HEAD}a_total x\n`],
  [
    "buckets that fall",
    `${HISTOGRAM}h_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n`,
  ],
  ["no last bucket", `${HISTOGRAM}h_bucket{le="1"} 1\nh_sum 1\nh_count 1\n`],
  ["a count besides the buckets'", `${HISTOGRAM}h_bucket{le="+Inf"} 1\nh_sum 1\nh_count 2\n`],
];
for (const [what, text] of WRONG) {
  Deno.test(`parseExposition() refuses ${what}`, () => {
    assert.throws(() => parseExposition(text));
  });
}
