import { define } from "@/lib/web/define.ts";
import { throughGate } from "@/lib/web/v1/gate.ts";

/** The API for programs: OpenAI's form, keys instead of cookies. */
export default define.middleware(throughGate);
