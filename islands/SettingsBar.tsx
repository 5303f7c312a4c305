import {
  SettingsSaveBar,
  type SettingsSaveBarProps,
} from "../components/admin/settings/SettingsSaveBar.tsx";

/** Save bar of all settings; stores the unsaved input. */
export function SettingsBar(props: SettingsSaveBarProps) {
  return <SettingsSaveBar {...props} />;
}
