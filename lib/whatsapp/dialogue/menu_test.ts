import { assert, assertEquals } from "@/tests/support/assert.ts";
import { LANGUAGES } from "@/lib/shared/languages.ts";
import { menuLines } from "../../locales/whatsapp/menu_lines.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { menuItems, menuPage } from "./menu.ts";

const tools = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `tool-${at + 1}`,
    name: `Tool ${at + 1}`,
    description: "",
    icon: "✨",
  }));

Deno.test("menuPage() has eight tools a page, numbered through, and clamps the page", () => {
  const of = (count: number, page: number) => {
    const { items, ...rest } = menuPage(tools(count), page);
    return { ...rest, numbers: items.map(({ number }) => number) };
  };
  assertEquals(of(8, 1), { page: 1, pages: 1, numbers: [1, 2, 3, 4, 5, 6, 7, 8] });
  assertEquals(of(9, 2), { page: 2, pages: 2, numbers: [9] });
  for (const page of [3, 99, 2.9]) assertEquals(of(9, page).page, 2, `${page}`);
  for (const page of [1, 0, -1, 1.9, NaN]) assertEquals(of(9, page).page, 1, `${page}`);
  assertEquals(of(0, 1), { page: 1, pages: 1, numbers: [] });
});

Deno.test("menuItems() has the tools asked for with their numbers, a page of them at most, cut to a phone's width", () => {
  const only = ["tool-2", "tool-12", "gone"];
  assertEquals(menuItems(tools(12), only).map(({ number }) => number), [2, 12]);
  const all = tools(12).map(({ id }) => id);
  assertEquals([menuItems(tools(12), all).length, menuItems(tools(12)).length], [8, 12]);
  const long = "x".repeat(100);
  const [item] = menuItems([{ id: "a", name: long, description: long, icon: long }]);
  assertEquals([item?.icon.length, item?.name.length, item?.description.length], [16, 50, 70]);
});

Deno.test("a hostile name of a tool stays in its line and turns, breaks and formats no text around it", () => {
  const HOSTILE = [
    "\u202eesrever",
    "\u2067right",
    "a\nb\u2028c\u0085d",
    "a\0b",
    "```code",
    "*_~bold",
  ];
  const named = HOSTILE.map((name, i) => ({
    id: `tool-${i}`,
    name,
    description: name,
    icon: name,
  }));
  const menu = menuLines("Title", menuPage(named, 1), { current: null, page: "", more: "" });
  assertEquals(menu.split("\n").length, 2 + named.length, menu);
  const told = HOSTILE.flatMap((name) =>
    LANGUAGES.flatMap((language) => {
      const said = texts(language);
      return [said.propose(name), said.dataHandled(name), said.newStarted(name)];
    })
  );
  for (const text of [menu, ...told]) {
    assert.doesNotMatch(
      text.replaceAll("\n", ""),
      /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u,
    );
    assert.ok(!text.includes("```"), text);
  }
  // A star of its own would end the bold of a name.
  for (const text of told) assert.doesNotMatch(text, /\*\*/);
});
