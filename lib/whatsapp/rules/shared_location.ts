import { truncateLine } from "../../shared/truncate_line.ts";

interface SharedLocation {
  latitude: number;
  longitude: number;
  label: string | null;
  address: string | null;
}

const MAX_NAME_UNITS = 300;

/**
 * Appends a shared location to a message's text, without words of any language:
 * `"📍 Kibera, Nairobi (-1.3133, 36.7842)"`. A text that only repeats a name of it is left out.
 */
export function textWithLocation(text: string, place: SharedLocation): string {
  const { latitude, longitude, label, address } = place;
  const names = [
    ...new Set([label, address].map((each) => truncateLine(each ?? "", MAX_NAME_UNITS))),
  ]
    .filter((each) => each !== "");
  const line = ["📍", names.join(", "), `(${latitude}, ${longitude})`].filter((each) => each !== "")
    .join(" ");
  const said = text.trim();
  return said === "" || names.includes(truncateLine(said, MAX_NAME_UNITS))
    ? line
    : `${said}\n${line}`;
}
