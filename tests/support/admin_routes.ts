import { filesBelow } from "../architecture/source.ts";

const FOLDER = "routes/admin/";
/** Methods that change nothing. */
export const SAFE: readonly string[] = ["GET", "HEAD"];

/** An address of the admin area. */
export interface AdminRoute {
  path: string;
  /** Whether it is a complete page for people. */
  page: boolean;
  /** Methods that change something. */
  changing: string[];
}

/** Every file below routes/admin/, read from the disk so that none is missed. */
export async function adminRoutes(): Promise<AdminRoute[]> {
  const files = (await filesBelow()).filter((path) =>
    path.startsWith(FOLDER) && !path.includes("/_") && /\.tsx?$/.test(path) &&
    !/_test\.tsx?$/.test(path)
  );
  return await Promise.all(files.map(async (file) => {
    const module: Record<string, unknown> = await import(`@/${file}`);
    const handler = module.handlers ?? module.handler;
    const own = typeof handler === "object" && handler !== null ? methodsOf(handler) : [];
    return {
      path: pathOf(file),
      page: "default" in module && !("config" in module),
      changing: own.filter((method) => !SAFE.includes(method)),
    };
  }));
}

/** The methods that a route handles; the app refuses all others. */
function methodsOf(handler: object): string[] {
  return Object.entries(handler).filter(([, { name }]) => name !== "otherMethod")
    .map(([method]) => method);
}

function pathOf(file: string): string {
  const name = file.slice("routes".length).replace(/\.tsx?$/, "").replace(/\/index$/, "");
  return name.replace(/\[\.\.\.\w+\]/, "some/where").replace(/\[\w+\]/g, "general-assistant");
}
