import { assertEquals } from "@/tests/support/assert.ts";
import { ByteRoom } from "./byte_room.ts";

const settled = () => new Promise((done) => setTimeout(done));

Deno.test("ByteRoom.take() waits for room, in the order of arrival", async () => {
  const room = new ByteRoom(10);
  const entered: string[] = [];
  const take = (name: string, bytes: number) =>
    room.take(bytes).then((held) => {
      entered.push(name);
      return held;
    });
  const first = await take("first", 6);
  const large = take("large", 8), small = take("small", 2);
  await settled();
  assertEquals(entered, ["first"], "The small one does not overtake");
  first[Symbol.dispose]();
  await Promise.all([large, small]);
  assertEquals([entered, room.held], [["first", "large", "small"], 10]);
  assertEquals((await room.take(0)).give(5), undefined, "Nothing needs no room");
});

Deno.test("ByteRoom.take() takes more than the whole as the whole, and gives back each byte once", async () => {
  const room = new ByteRoom(10);
  const held = await room.take(25);
  assertEquals(room.held, 10);
  held.give(4);
  held.keep(3);
  held.keep(8);
  assertEquals(room.held, 3);
  held[Symbol.dispose]();
  held[Symbol.dispose]();
  assertEquals(room.held, 0);
});

Deno.test("ByteRoom.take() ends with its signal, and lets the next one in", async () => {
  const room = new ByteRoom(10);
  using _held = await room.take(6);
  const stop = new AbortController();
  const large = room.take(10, stop.signal).then(() => "entered", (error) => error);
  const small = room.take(4);
  stop.abort("gone");
  assertEquals(await large, "gone");
  assertEquals([(await small)[Symbol.dispose](), room.held], [undefined, 6]);
});
