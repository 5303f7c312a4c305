import { isOwnServer } from "../../shared/own_server.ts";

/** Adds `/v1` to an address without a path: Ollama and LM Studio are known by their address alone. */
export function apiAddress(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname === "/" && search === "" ? `${url.replace(/\/+$/, "")}/v1` : url;
}

/** The ports of Ollama and LM Studio. */
const RUNTIME_PORTS: ReadonlySet<string> = new Set(["11434", "1234"]);

/** Whether a program that runs models on an own machine answers at this address. */
export function isModelRuntime(url: string): boolean {
  return isOwnServer(url) && RUNTIME_PORTS.has(new URL(url).port);
}
