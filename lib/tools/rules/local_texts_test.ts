import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { anyTool } from "@/tests/support/tool_arbitrary.ts";
import { LANGUAGES } from "../../shared/languages.ts";
import { DEFAULT_TOOLS } from "./defaults/default_tools.ts";
import { localGroups, localTool, toolView } from "./local_texts.ts";
import { parseToolFields, readFields, sentToolFields, toolFields } from "./tool_form.ts";
import { exportTools, readToolFile } from "./tool_file.ts";
import { toolSchema } from "./tool.ts";

const [first] = DEFAULT_TOOLS("some-model");
assert.ok(first);
const tool = toolSchema.parse({
  ...first,
  name: "Coach",
  description: "Helps",
  greeting: "",
  starters: ["One"],
  texts: { fr: { name: "Entraîneur", starters: ["Un"] } },
});

Deno.test("localTool() takes each text of the reader's language, else the tool's own with its lang", () => {
  const french = localTool(tool, "fr");
  assertEquals([french.name, french.description, french.starters], ["Entraîneur", "Helps", ["Un"]]);
  assertEquals(french.langs, { description: "en", group: "en" });
  assertEquals(french.mainName, "Coach");
  const hindi = toolView(tool, "hi");
  assertEquals([hindi.name, hindi.langs?.name, hindi.langs?.starters], ["Coach", "en", "en"]);
  assertEquals(hindi.langs?.greeting, undefined, "there is none");
  for (const own of [null, "en"] as const) assertEquals(toolView(tool, own).langs, undefined);
});

Deno.test("localGroups() names a group by any tool that has its name in the language", () => {
  const named = { ...tool, id: "b", texts: { fr: { ...LOCAL, group: "Traduction" } } };
  const groups = localGroups([tool, named], "fr");
  assertEquals([...groups], [["bible translation", "Traduction"]]);
  assertEquals(localGroups([tool, named], "ar").size, 0);
});

const LOCAL = { name: "", description: "", greeting: "", starters: [], group: "" };

Deno.test("texts in other languages are the same after the editor's form and after a file", () => {
  fc.assert(fc.property(anyTool, (each) => {
    const { id: _, order: __, version: ___, ...content } = each;
    const sent = new Map(sentToolFields(toolFields(content)));
    const { content: back } = parseToolFields(readFields((name) => sent.get(name) ?? ""));
    const [entry] = readToolFile(exportTools([each]));
    assert.ok(entry && "given" in entry);
    for (const language of LANGUAGES) {
      const { name = "", starters = [] } = each.texts[language] ?? {};
      assertEquals(entry.given.texts?.[language]?.name ?? "", name);
      // Lines and ends of texts are the form's; a translation into the tool's own language is none.
      if (back === null || language === each.language) continue;
      assertEquals(back.texts[language]?.name ?? "", readable(name));
      assertEquals(
        back.texts[language]?.starters ?? [],
        starters.flatMap((text) => readable(text).split("\n").map((line) => line.trim()))
          .filter((line) => line !== ""),
      );
    }
  }));
});

const readable = (text: string) => text.replaceAll("\r\n", "\n").replaceAll("\0", "").trim();
