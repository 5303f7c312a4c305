import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { OpenStreams } from "./open_streams.ts";

/** Opens streams of `visitor@address`; returns the open ones in order. */
function openAll(caps: ConstructorParameters<typeof OpenStreams>[0]) {
  const streams = new OpenStreams(caps);
  const open = new Map<number, string>();
  const leaves = new Map<number, () => void>();
  let number = 0;
  return {
    streams,
    open: () => [...open.keys()],
    who: () => [...open.values()],
    come: (who: string) => {
      const [visitor = "", address = ""] = who.split("@");
      const own = number++;
      open.set(own, who);
      leaves.set(own, streams.admit({ visitor, address })(() => void open.delete(own)));
    },
    leave: (own: number) => {
      leaves.get(own)?.();
      open.delete(own);
    },
  };
}

Deno.test("OpenStreams ends the visitor's oldest stream beyond a visitor's cap", () => {
  const { come, open } = openAll({ visitor: 2, address: 10, all: 10 });
  for (const who of ["a@1", "b@1", "a@1", "a@1", "a@2"]) come(who);
  assertEquals(open(), [1, 3, 4]);
});

Deno.test("OpenStreams ends the address's oldest stream beyond an address's cap", () => {
  const { come, open } = openAll({ visitor: 9, address: 2, all: 10 });
  for (const who of ["a@1", "z@2", "b@1", "c@1", "d@1"]) come(who);
  assertEquals(open(), [1, 3, 4]);
});

Deno.test("OpenStreams ends the busiest address's oldest stream beyond the total cap", () => {
  const { come, open } = openAll({ visitor: 9, address: 9, all: 4 });
  for (const who of ["a@1", "b@2", "c@2", "d@2", "e@3"]) come(who);
  assertEquals(open(), [0, 2, 3, 4]);
  for (const who of ["f@4", "g@5"]) come(who);
  assertEquals(open(), [3, 4, 5, 6], "Of equals the oldest of all");
});

Deno.test("OpenStreams never exceeds its caps, and serves every new stream", () => {
  const who = fc.tuple(fc.nat(4), fc.nat(3)).map(([visitor, address]) => `${visitor}@${address}`);
  const step = fc.oneof(who, fc.nat(60));
  fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
    const { come, leave, open, who, streams } = openAll({ visitor: 3, address: 4, all: 6 });
    for (const each of steps) {
      if (typeof each === "number") {
        leave(each);
        leave(each);
      } else {
        come(each);
        assertEquals(who().at(-1), each);
      }
      const count = (at: number) =>
        Math.max(
          0,
          ...Map.groupBy(who(), (name) => name.split("@")[at]).values()
            .map((same) => same.length),
        );
      assert.ok(count(0) <= 3 && count(1) <= 4 && open().length <= 6);
      assertEquals(streams.size, open().length);
    }
  }));
});
