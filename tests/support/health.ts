import { z } from "zod";

const health = z.object({
  checks: z.record(
    z.string(),
    z.array(z.object({
      status: z.string(),
      output: z.string().optional(),
      observedValue: z.number().optional(),
    })),
  ),
});

/** What `/api/health` says: its status, the faults by their checks, and the store's time. */
export async function checksOf(
  url: string,
): Promise<{ status: number; faults: Record<string, string>; responseMs: number }> {
  const answer = await fetch(`${url}/api/health`);
  const { checks } = health.parse(await answer.json());
  const failed = Object.entries(checks).flatMap(([name, all]) =>
    all.filter(({ status }) => status === "fail").map(({ output = "" }) => [name, output])
  );
  return {
    status: answer.status,
    faults: Object.fromEntries(failed),
    responseMs: checks["store:responseTime"]?.[0]?.observedValue ?? 0,
  };
}
