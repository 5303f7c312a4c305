import { assertEquals } from "@/tests/support/assert.ts";
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
