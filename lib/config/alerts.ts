import { z } from "zod";
import { httpUrl, secret } from "./values.ts";

/** Where alerts are sent. */
export const ALERT_SETTINGS = {
  ALERT_WEBHOOK_URL: httpUrl.optional(),
  ALERT_WEBHOOK_SECRET: secret.optional(),
  ALERT_WEBHOOK_PRIVATE: z.enum(["true", "false"], "true or false").default("false")
    .transform((value) => value === "true"),
};
