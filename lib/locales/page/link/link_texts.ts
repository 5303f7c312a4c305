import type { MirrorView } from "../../../shared/views/link_view.ts";
import type { Text } from "../../../shared/text.ts";
import type { Forms } from "../../plurals.ts";

/** Texts of the page that links a conversation with WhatsApp. */
export interface LinkTexts {
  readonly title: string;
  readonly linkedTitle: string;
  readonly ended: {
    readonly phone: Text<"phone" | "time">;
    readonly replaced: Text<"phone" | "time">;
    readonly seen: string;
  };
  readonly code: {
    readonly offer: string;
    readonly expired: string;
    readonly show: string;
    readonly showNew: string;
    readonly otherWay: Text<"byNumber">;
    readonly picture: Text<"code">;
    /** On the device that shows the page: where it is wide, and the two steps on a phone. */
    readonly here: string;
    readonly steps: readonly [open: string, send: string];
    readonly open: string;
    readonly openAbout: string;
    readonly sendAbout: string;
    /** The QR code on a phone's page. */
    readonly elsewhere: string;
    readonly scanElsewhere: string;
    readonly scan: string;
    readonly scanAbout: string;
    readonly byHand: Text<"number">;
    readonly waiting: Text<"look">;
    readonly renew: string;
  };
  readonly byNumber: {
    readonly enterCode: string;
    /** By the minutes for which the code is valid; with the places `phone` and `scan`. */
    readonly sent: Forms;
    readonly code: string;
    readonly link: string;
    readonly title: string;
    readonly titleAgain: string;
    readonly about: Text<"scan">;
    readonly phone: string;
    readonly send: string;
    readonly back: string;
    /** The API's answer, the same for every number. */
    readonly answer: string;
  };
  readonly linked: {
    readonly since: Text<"phone" | "time">;
    readonly silent: Readonly<Record<"stopped" | "window", string>>;
    readonly mirror: string;
    readonly choices: Readonly<Record<MirrorView, readonly [choice: string, costs: Text<"cost">]>>;
    readonly about: string;
    readonly save: string;
    readonly unlinkTitle: string;
    readonly unlinkAbout: string;
    readonly unlink: string;
  };
  readonly about: {
    readonly title: string;
    readonly points: readonly string[];
    readonly cost: Text<"cost">;
  };
}

export interface LinkWaitTexts {
  readonly waiting: Text<"time">;
}
