import { truncateLine } from "../../shared/truncate_line.ts";

/** A place that somebody shared. */
export interface SharedLocation {
  latitude: number;
  longitude: number;
  label: string | null;
  address: string | null;
}

const LONGEST_NAME = 300;

/**
 * A question with a place in it, in no language of its own:
 * `"📍 Kibera, Nairobi (-1.3133, 36.7842)"` under what was written with it, if
 * that is more than the place's own name.
 */
export function textWithLocation(text: string, place: SharedLocation): string {
  const { latitude, longitude, label, address } = place;
  const names = [...new Set([label, address].map((each) => truncateLine(each ?? "", LONGEST_NAME)))]
    .filter((each) => each !== "");
  const line = ["📍", names.join(", "), `(${latitude}, ${longitude})`].filter((each) => each !== "")
    .join(" ");
  const said = text.trim();
  return said === "" || names.includes(truncateLine(said, LONGEST_NAME))
    ? line
    : `${said}\n${line}`;
}
