import type { ComponentType } from "preact";
import { setBuildId } from "../runtime/build_id.ts";

/** An island of this page. */
export interface IslandEntry {
  /** Null if its script could not be loaded. */
  component: ComponentType | null;
  name: string;
  props: Record<string, unknown>;
  /** Names of the props that are slots. */
  slots: string[];
}

/** What the server wrote into the page. */
interface PageData {
  id: string;
  islands: [url: string, name: string, slots?: string[]][];
  /** The props, where they are plain JSON. */
  plain?: Record<string, unknown>[];
  /** Else the props as devalue wrote them. */
  props?: unknown[];
}

/** Reads the page's data and loads the scripts of its islands. */
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
