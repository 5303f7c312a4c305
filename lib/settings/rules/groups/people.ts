import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { check, type SettingsGroupForm } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

const LONGEST_NAME = SETTINGS_LIMITS.contactName;
const LONGEST_MAIL = 254;
const PHONE = /^\+[1-9]\d{6,14}$/;
const MAIL = /^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+$/;

/** What people may do with their conversations, and whom they can ask. */
export const peopleGroup = z.object({
  /** Whether conversations may be shared by read-only links. */
  sharing: z.boolean().default(true),
  /** The person or office to ask; "" for none. */
  contactName: z.string().max(LONGEST_NAME).default(""),
  contactPhone: z.string().max(20).default(""),
  contactMail: z.string().max(LONGEST_MAIL).default(""),
});

export const PEOPLE_FORM: SettingsGroupForm<
  z.output<typeof peopleGroup>,
  "sharing" | "contactName" | "contactPhone" | "contactMail"
> = {
  fields: (people) => people,
  read: ({ text, ticked }) => ({
    sharing: ticked("sharing"),
    contactName: text("contactName"),
    contactPhone: text("contactPhone").replaceAll(/[\s().-]/g, ""),
    contactMail: text("contactMail"),
  }),
  check: ({ contactName, contactPhone, contactMail }) => [
    check(contactName.length <= LONGEST_NAME, "contactName", TAKES.atMost(LONGEST_NAME)),
    check(contactPhone === "" || PHONE.test(contactPhone), "contactPhone", TAKES.contactPhone),
    check(
      contactMail === "" || (MAIL.test(contactMail) && contactMail.length <= LONGEST_MAIL),
      "contactMail",
      TAKES.contactMail,
    ),
  ],
  apply: ({ sharing, contactName, contactPhone, contactMail }) => ({
    sharing,
    contactName,
    contactPhone,
    contactMail,
  }),
};
