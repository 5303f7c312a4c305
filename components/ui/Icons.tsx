/** Line icon on a 24 × 24 grid. One function per icon, so that bundles contain only used ones. */
function Icon({ d, name = "icon" }: { d: string; name?: string }) {
  return (
    <svg class={name} viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

export const SendIcon = () => <Icon d="M12 19V5m-6 6 6-6 6 6" />;
export const StopIcon = () => <Icon d="M7.5 7.5h9v9h-9z" />;
export const MicrophoneIcon = () => (
  <Icon d="M9 6.5a3 3 0 0 1 6 0v5a3 3 0 0 1-6 0zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
);
export const PictureIcon = () => <Icon d="M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01" />;
export const CopyIcon = () => <Icon d="M9 9h11v11H9zM15 9V4H4v11h5" />;
export const SoundIcon = () => <Icon d="M4 9v6h4l5 4V5L8 9zm12 0q2 3 0 6" />;
export const AgainIcon = () => <Icon d="M20 12a8 8 0 1 1-2.5-5.8M20 3v5h-5" />;
export const EditIcon = () => <Icon d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4" />;
export const ThumbIcon = () => <Icon d="M4 11h3v9H4zm3 1 4-8q3 0 2 6h7l-2 10H7" />;
export const DownIcon = () => <Icon d="M12 5v14m-6-6 6 6 6-6" />;
export const BackIcon = () => <Icon d="M15 5l-7 7 7 7" name="icon mirrored" />;
export const NextIcon = () => <Icon d="M9 5l7 7-7 7" name="icon mirrored" />;
export const UnfoldIcon = () => <Icon d="M6 9l6 6 6-6" />;
export const MoreIcon = () => <Icon d="M5 12h.01M12 12h.01M19 12h.01" />;
export const NewIcon = () => <Icon d="M12 5H5v14h14v-7m-9 2 1-3 7-7 2 2-7 7z" />;
export const CostIcon = () => (
  <Icon d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm2.5 5.5q-.7-1.3-2.5-1.3t-2.5 1.9c0 2.7 5 1.1 5 3.9q0 1.9-2.5 1.9t-2.6-1.4M12 7v10" />
);
export const HistoryIcon = () => <Icon d="M12 7v5l3 2M4.5 9A8 8 0 1 1 4 12M4 4v5h5" />;
export const ExportIcon = () => <Icon d="M12 4v11m-5-4 5 5 5-5M5 20h14" />;
export const KeyboardIcon = () => <Icon d="M3 6h18v12H3zM7 10h.01M12 10h.01M17 10h.01M8 14h8" />;
export const PhoneIcon = () => <Icon d="M7 3h10v18H7zM11 18h2" />;
export const BinIcon = () => <Icon d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13" />;
export const StarIcon = () => (
  <Icon d="m12 4 2.500 5 5.500.7-4 3.800 1 5.500-5-2.800-5 2.800 1-5.500-4-3.800 5.500-.7z" />
);
export const SearchIcon = () => <Icon d="M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zm5 12 5 5" />;
export const MemoryIcon = () => <Icon d="M7 4h10v16l-5-4-5 4z" />;
export const GlobeIcon = () => (
  <Icon d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c5 5 5 11 0 16-5-5-5-11 0-16z" />
);
export const DeviceIcon = () => <Icon d="M4 5h16v10H4zM9 19h6m-3-4v4" />;
export const DayIcon = () => (
  <Icon d="M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2m0 16v2M2 12h2m16 0h2M5 5l1 1m12 12 1 1M5 19l1-1M18 6l1-1" />
);
export const NightIcon = () => <Icon d="M19.500 14.500a8 8 0 0 1-10-10 8 8 0 1 0 10 10z" />;
export const AlertIcon = () => <Icon d="M12 4 2.5 20h19zM12 10v4m0 3h.01" />;
export const ShareIcon = () => (
  <Icon d="M12 15V4M8 7.500 12 3.500l4 4M5.500 11.500v7a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-7" />
);
