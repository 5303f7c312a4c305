/** Reasoning efforts, from the least; each model takes some of them, or none at all. */
export const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

export type Effort = (typeof EFFORTS)[number];

/** When a model takes a temperature other than 1. */
export type TakesTemperature = "always" | "effort_none" | "never";

interface Takes {
  /** Efforts that the model takes, from the least; empty when it takes no effort at all. */
  efforts: readonly Effort[];
  capabilities: { temperature: TakesTemperature };
}

/**
 * The effort to send: the wanted one, else the model's next lower one, else its least.
 * @param wanted null for the least
 * @returns null when the model takes none, so that none is sent
 */
export function effortFor({ efforts }: Pick<Takes, "efforts">, wanted: Effort | null) {
  const most = EFFORTS.indexOf(wanted ?? "none");
  return efforts.findLast((effort) => EFFORTS.indexOf(effort) <= most) ?? efforts[0] ?? null;
}

/** Whether a temperature may be sent with a wanted effort. */
export function takesTemperature(model: Takes, wanted: Effort | null): boolean {
  const { temperature } = model.capabilities;
  if (temperature === "effort_none") return effortFor(model, wanted) === "none";
  return temperature === "always";
}
