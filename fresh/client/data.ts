import type { ComponentType } from "preact";
import { setBuildId } from "../runtime/build_id.ts";

/** An island of this page. */
interface IslandEntry {
  /** Null if its script failed to load. */
  component: ComponentType | null;
  name: string;
  props: Record<string, unknown>;
  /** Names of the props that are slots. */
  slots: string[];
}

/** JSON that the server embeds in the page. */
interface PageData {
  id: string;
  islands: [url: string, name: string, slots?: string[]][];
  /** Props as plain JSON. */
  plain?: Record<string, unknown>[];
  /** Otherwise props as encoded by devalue. */
  props?: unknown[];
}

/** Reads the page's data and imports the scripts of its islands. */
export async function loadIslands(): Promise<IslandEntry[]> {
  const data: PageData = JSON.parse(document.getElementById("frsh")?.textContent ?? "");
  setBuildId(data.id);
  const props = data.plain ??
    (await import("./unflatten.ts")).readProps(data.props ?? []);
  return await Promise.all(data.islands.map(async ([url, name, slots = []], i) => ({
    component: await load(url, name),
    name,
    props: props[i] ?? {},
    slots,
  })));
}

async function load(url: string, name: string): Promise<ComponentType | null> {
  try {
    return (await import(url))[name];
  } catch (error) {
    reportError(error);
    return null;
  }
}
