import { Signal } from "@preact/signals";
import { defaultStringifyOperations, DevalueError, stringify } from "devalue";
import { buildId } from "../../runtime/build_id.ts";
import type { IslandUse } from "./state.ts";
import { isPlain } from "./plain.ts";
import { isJsx } from "./vnode.ts";

/** Islands of a page as JSON, escaped for a script element. */
export function islandData(islands: readonly IslandUse[]): string {
  const uses = islands.map(({ ref, slots }) =>
    slots.length === 0
      ? `[${ref.json}]`
      : `[${ref.json},${JSON.stringify(slots.map((slot) => slot.name))}]`
  );
  const head = `{"id":"${buildId()}","islands":[${uses.join(",")}]`.replaceAll("<", "\\u003c");
  const seen = new Set<object>();
  const props = islands.map((use) => use.props);
  return props.every((each) => isPlain(each, seen))
    ? `${head},"plain":${JSON.stringify(props).replaceAll("<", "\\u003c")}}`
    : `${head},"props":${serialise(islands)}}`;
}

// Encodes all islands together, so that shared values stay shared in the browser.
function serialise(islands: readonly IslandUse[]): string {
  try {
    return stringify(islands.map((use) => use.props), REDUCERS, OPTIONS);
  } catch (error) {
    if (!(error instanceof DevalueError)) throw error;
    const [, index = "", path = ""] = /^\[(\d+)\]\.?(.*)$/s.exec(error.path) ?? [];
    const name = islands[Number(index)]?.ref.name ?? "?";
    throw new TypeError(`Island ${name}, prop ${path}: ${error.message}`, { cause: error });
  }
}

const REDUCERS = {
  Signal: (value: unknown) => isWritable(value) && [value.peek()],
  Computed: (value: unknown) => value instanceof Signal && [value.peek()],
};

// Computed signals are instances of Signal too, by a derived prototype.
function isWritable(value: unknown): value is Signal<unknown> {
  return value instanceof Signal && Object.getPrototypeOf(value) === Signal.prototype;
}

const OPTIONS: Parameters<typeof stringify>[2] = {
  operations: {
    /** JSX looks like a plain object but cannot be sent. */
    shapeOf: (value: unknown) =>
      isJsx(value) ? { kind: "not-plain" } : defaultStringifyOperations.shapeOf(value),
    /** A view must not expose the rest of its buffer. */
    viewInfo(view: ArrayBufferView) {
      const { byteLength, byteOffset, buffer } = view;
      if (byteLength === buffer.byteLength) return defaultStringifyOperations.viewInfo(view);
      return defaultStringifyOperations.viewInfo(
        view instanceof DataView
          ? new DataView(buffer.slice(byteOffset, byteOffset + byteLength))
          : Reflect.apply(Reflect.get(view, "slice"), view, []),
      );
    },
  },
};
