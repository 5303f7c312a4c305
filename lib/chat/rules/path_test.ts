import fc from "fast-check";
import { branchAt, type BranchPath, forkAt, pathSpans, ROOT, tailAt, withTail } from "./path.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";

/** Root, then branch 1 from 3 on, then branch 4 from 5 on. */
const PATH: BranchPath = [[1, 3], [4, 5]];

Deno.test("branchAt() and pathSpans() find the branch of each number", () => {
  assertEquals([0, 2, 3, 4, 5, 9].map((number) => branchAt(PATH, number)), [0, 0, 1, 1, 4, 4]);
  assertEquals(pathSpans(PATH, 1, 8), [
    { branch: 0, from: 1, until: 3 },
    { branch: 1, from: 3, until: 5 },
    { branch: 4, from: 5, until: 8 },
  ]);
  assertEquals(pathSpans([], 0, 20), [{ branch: ROOT, from: 0, until: 20 }]);
  assertEquals(pathSpans([[2, 0]], 0, 20), [{ branch: 2, from: 0, until: 20 }]);
});

Deno.test("forkAt() is the branch of the message before; the first message has none", () => {
  assertEquals([0, 3, 4, 6].map((number) => forkAt(PATH, number)), [0, 0, 1, 4]);
  assertEquals(forkAt([[2, 0]], 0), ROOT);
});

const paths: fc.Arbitrary<BranchPath> = fc.uniqueArray(fc.nat(20), { maxLength: 6 }).map((starts) =>
  starts.sort((a, b) => a - b).map((from, i) => [i + 1, from] as const)
);

Deno.test("withTail() of a path's own tail is the same path, and restores it from any other", () => {
  fc.assert(fc.property(paths, fc.nat(22), (path, number) => {
    const tail = tailAt(path, number);
    assertEquals(withTail(path, number, tail), path);
    const other = withTail(path, number, { branch: 99, path: [[100, number + 2]] });
    assertEquals(branchAt(other, number), 99);
    assertEquals(withTail(other, number, tail), path);
    assert.ok(other.every(([, from], i) => from > (other[i - 1]?.[1] ?? -1)));
  }));
});
