import type { ComponentChildren, FunctionComponent, VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import type { Build } from "../build.ts";
import type { RequestPath } from "../path.ts";
import type {
  Context,
  LayoutConfig,
  PageComponent,
  PageProps,
  PageResponse,
  PageResult,
} from "../types.ts";
import { withType } from "../with_type.ts";
import { renderDocument } from "./document.ts";
import { islandRegistry } from "./island_registry.ts";
import { preloadHeader } from "./preload.ts";
import { RenderState } from "./state.ts";
import { isJsx } from "./vnode.ts";

const HTML = "text/html; charset=utf-8";
const AsyncFunction = (async () => {}).constructor;

/** Layouts and wrapper of a page. */
export interface Surroundings<State> {
  /** Outermost first. */
  layouts: readonly PageComponent<State>[];
  wrapper: PageComponent<State> | null;
}

/** Context for rendering. */
export interface RenderContext<State> extends Context<State> {
  readonly surroundings: Surroundings<State>;
  readonly build: Build | null;
  readonly path: RequestPath;
  readonly nonce: string;
}

/** Rendered parts of a route. */
interface RenderedRoute<State> {
  component: PageComponent<State> | null;
  config: LayoutConfig;
}

/** Implements `ctx.render()`. */
export async function render<State>(
  ctx: RenderContext<State>,
  vnode: VNode | null,
  init: ResponseInit = {},
  config: LayoutConfig = {},
): Promise<Response> {
  if (vnode !== null && !isJsx(vnode)) throw new TypeError("ctx.render() takes JSX or null");
  return await surround(ctx, vnode, init, config);
}

/** Renders a route's component with the data of its handler. */
export async function renderPage<State>(
  ctx: RenderContext<State>,
  { component, config }: RenderedRoute<State>,
  { data, status, headers }: PageResponse<unknown>,
): Promise<Response> {
  const init: ResponseInit = {};
  if (status !== undefined) init.status = status;
  if (headers !== undefined) init.headers = headers;
  if (component === null) return await surround(ctx, null, init, config);
  const content = element(component, pageProps(ctx, data, ctx.Component));
  const page = content instanceof Promise ? await content : content;
  return page instanceof Response ? page : await surround(ctx, page, init, config);
}

async function surround<State>(
  ctx: RenderContext<State>,
  content: ComponentChildren,
  init: ResponseInit,
  { skipInheritedLayouts = false, skipAppWrapper = false }: LayoutConfig,
): Promise<Response> {
  const { layouts, wrapper } = ctx.surroundings;
  const around = skipInheritedLayouts ? [] : [...layouts].reverse();
  if (wrapper !== null && !skipAppWrapper) around.push(wrapper);
  let tree = content;
  for (const component of around) {
    const inner = tree;
    const result = element(component, pageProps(ctx, null, () => inner));
    const resolved = result instanceof Promise ? await result : result;
    if (resolved instanceof Response) return resolved;
    tree = resolved;
  }
  return respond(ctx, tree, init);
}

// Awaits an async component before the render, which is synchronous.
function element<State>(
  component: PageComponent<State>,
  props: PageProps<unknown, State>,
): PageResult {
  return component.constructor === AsyncFunction ? component(props) : jsx(
    component as FunctionComponent<PageProps<unknown, State>>,
    props,
  );
}

function pageProps<State>(
  ctx: RenderContext<State>,
  data: unknown,
  Component: FunctionComponent,
): PageProps<unknown, State> {
  return {
    Component,
    config: ctx.config,
    data,
    error: ctx.error,
    info: ctx.info,
    isPartial: ctx.isPartial,
    params: ctx.params,
    req: ctx.req,
    route: ctx.route,
    state: ctx.state,
    url: ctx.url,
  };
}

function respond<State>(
  ctx: RenderContext<State>,
  tree: ComponentChildren,
  init: ResponseInit,
): Response {
  const { build, config } = ctx;
  const registry = build === null ? null : islandRegistry(build, config.basePath);
  const devScript = build?.dev ? config.basePath + build.dev.script : null;
  const state = new RenderState(ctx.path, ctx.nonce, registry, devScript);
  const html = renderDocument(tree, state);
  const res = withType(html, HTML, init);
  if (registry !== null && state.islands.length > 0) {
    res.headers.append("link", preloadHeader(registry, state.islands));
  }
  return res;
}
