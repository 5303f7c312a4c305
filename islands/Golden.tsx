import { DraftGolden, type DraftGoldenProps } from "../components/admin/golden/DraftGolden.tsx";
import { JudgeKeys } from "../components/admin/golden/JudgeKeys.tsx";
import { RunProgress } from "../components/admin/golden/RunProgress.tsx";

/** Arrow keys of the judging page. */
export function GoldenKeys() {
  return <JudgeKeys />;
}

/** Progress of a run of examples. */
export function GoldenProgress(props: Parameters<typeof RunProgress>[0]) {
  return <RunProgress {...props} />;
}

/** A run of the editor's draft, and whether the draft has changed since. */
export function GoldenDraft(props: DraftGoldenProps) {
  return <DraftGolden {...props} />;
}
