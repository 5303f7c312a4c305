/**
 * Countries of WhatsApp's markets, each with the digits that its numbers begin with.
 * https://developers.facebook.com/docs/whatsapp/pricing#country-calling-codes
 * Countries that share a calling code are told apart by the digits after it. Countries that are
 * not listed are in the market `other`.
 */
const COUNTRIES = {
  "argentina": "AR54",
  "bangladesh": "BD880",
  "brazil": "BR55",
  "chile": "CL56",
  "colombia": "CO57",
  "egypt": "EG20",
  "france": "FR33",
  "germany": "DE49",
  "hong-kong": "HK852",
  "hungary": "HU36",
  "india": "IN91",
  "indonesia": "ID62",
  "iraq": "IQ964",
  "israel": "IL972",
  "italy": "IT39,VA",
  "kazakhstan": "KZ76,KZ77",
  "kuwait": "KW965",
  "malaysia": "MY60",
  "mexico": "MX52",
  "morocco": "MA212,EH",
  "netherlands": "NL31",
  "nepal": "NP977",
  "nigeria": "NG234",
  "oman": "OM968",
  "pakistan": "PK92",
  "peru": "PE51",
  "poland": "PL48",
  "qatar": "QA974",
  "romania": "RO40",
  "russia": "RU7",
  "saudi-arabia": "SA966",
  "singapore": "SG65",
  "south-africa": "ZA27",
  "spain": "ES34",
  "sri-lanka": "LK94",
  "turkey": "TR90",
  "ukraine": "UA380",
  "united-arab-emirates": "AE971",
  "united-kingdom": "GB44,GG,JE,IM",
  "north-america": "US1,CA",
  "rest-of-africa":
    "DZ213,AO244,BJ229,BW267,BF226,BI257,CM237,TD235,CG242,ER291,ET251,GA241,GM220,GH233,GW245," +
    "CI225,KE254,LS266,LR231,LY218,MG261,MW265,ML223,MR222,MZ258,NA264,NE227,RW250,SN221,SL232," +
    "SO252,SS211,SD249,SZ268,TZ255,TG228,TN216,UG256,ZM260,ZW263",
  "rest-of-asia-pacific":
    "AF93,AU61,CX,CC,KH855,CN86,JP81,LA856,MN976,NZ64,PG675,PH63,TW886,TJ992,TH66,TM993,UZ998,VN84",
  "rest-of-central-and-eastern-europe":
    "AL355,AM374,AZ994,BY375,BG359,HR385,CZ420,GE995,GR30,LV371,LT370,MD373,MK389,RS381,SK421,SI386",
  "rest-of-latin-america":
    "BO591,CR506,DO1809,DO1829,DO1849,EC593,SV503,GT502,HT509,HN504,JM1658,JM1876,NI505,PA507," +
    "PY595,PR1787,PR1939,UY598,VE58",
  "rest-of-middle-east": "BH973,JO962,LB961,YE967",
  "rest-of-western-europe": "AT43,BE32,DK45,FI358,AX,IE353,NO47,SJ,PT351,SE46,CH41",
  // Islands that share +1 with North America.
  "other":
    "BS1242,BB1246,AI1264,AG1268,VG1284,VI1340,KY1345,BM1441,GD1473,TC1649,MS1664,MP1670,GU1671," +
    "AS1684,SX1721,LC1758,DM1767,VC1784,TT1868,KN1869",
} as const;

export type Market = keyof typeof COUNTRIES;

/** All markets, as their names sort, the regions last. */
export const MARKETS = Object.keys(COUNTRIES) as Market[];

const byCountry = new Map<string, Market>();
const byDigits = new Map<string, Market>();
for (const market of MARKETS) {
  for (const country of COUNTRIES[market].split(",")) {
    byCountry.set(country.slice(0, 2), market);
    if (country.length > 2) byDigits.set(country.slice(2), market);
  }
}
/** Digits of the longest beginning. */
const LONGEST = 4;

/** The address's country, as WhatsApp's hidden ids begin: `US.1349…`. */
const HIDDEN_ID = /^([A-Z]{2})\.[A-Za-z0-9]/;
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/**
 * The market of a number (`+4179…`) or of WhatsApp's id of a hidden number (`CH.…`); null where
 * neither tells the country.
 */
export function marketOf(address: string): Market | null {
  const country = HIDDEN_ID.exec(address)?.[1];
  if (country !== undefined) {
    // "ZZ" is the unknown region.
    const known = country !== "ZZ" && regions.of(country) !== undefined;
    return byCountry.get(country) ?? (known ? "other" : null);
  }
  if (!/^\+[1-9]\d{6,14}$/.test(address)) return null;
  for (let length = LONGEST; length > 0; length--) {
    const market = byDigits.get(address.slice(1, 1 + length));
    if (market !== undefined) return market;
  }
  return "other";
}
