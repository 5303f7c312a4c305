import type { RenderState } from "./state.ts";
import type { LiveVNode } from "./vnode.ts";

/** Marks links to the current page, for assistive technology and style sheets. */
export function activeLink(vnode: LiveVNode, state: RenderState): void {
  const { href } = vnode.props;
  if (typeof href !== "string" || !href.startsWith("/") || "aria-current" in vnode.props) return;
  const { pathname, search } = state.path;
  const [url = ""] = href.split("#", 1);
  const query = url.indexOf("?");
  const path = query === -1 ? url : url.slice(0, query);
  if (path === pathname && (query === -1 || url.slice(query) === search)) {
    mark(vnode, state, { "aria-current": "page", "data-current": "true" });
  } else if (query === -1 && pathname.startsWith(path.endsWith("/") ? path : path + "/")) {
    mark(vnode, state, { "aria-current": "true", "data-ancestor": "true" });
  }
}

function mark(vnode: LiveVNode, state: RenderState, attributes: Record<string, string>): void {
  state.change(vnode, { ...vnode.props, ...attributes });
}
