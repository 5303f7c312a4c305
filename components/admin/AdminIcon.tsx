/** Shapes of the area's line icons, on a 24 × 24 grid. */
const SHAPES = {
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c.6-4 3.6-6 8-6s7.4 2 8 6",
  alert: "M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01",
  bubble: "M21 12a8 8 0 0 1-8 8H4l1.8-3A8 8 0 1 1 21 12z",
  check: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zm-3.5 8.8 2.5 2.5 4.7-5",
  chevron: "m6 9 6 6 6-6",
  coin:
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM14.8 9.2c-.5-1-1.5-1.5-2.8-1.5-1.6 0-2.8.8-2.8 2.1 0 3 5.8 1.4 5.8 4.3 0 1.4-1.3 2.2-3 2.2-1.5 0-2.6-.6-3.1-1.7M12 6v12",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  disks:
    "M4.5 6c0-1.5 3.4-2.8 7.5-2.8s7.5 1.3 7.5 2.8-3.4 2.8-7.5 2.8S4.5 7.5 4.5 6zm0 0v12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8V6M4.5 12c0 1.5 3.4 2.8 7.5 2.8s7.5-1.3 7.5-2.8",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M12 4v16m-5-5 5 5 5-5",
  download: "M12 4v12m-5-5 5 5 5-5M5 20h14",
  edit: "m4 20 1-4.5L16 4.5l3.5 3.5L8.5 19z",
  eye:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4z",
  flask: "M9 3h6M10 3v6l-5.5 9.5A1.7 1.7 0 0 0 6 21h12a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9",
  gauge: "M4 18a9 9 0 1 1 16 0M12 14l4-5",
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  hand:
    "M8 12V6a1.5 1.5 0 0 1 3 0v5-6.5a1.5 1.5 0 0 1 3 0V11 6.5a1.5 1.5 0 0 1 3 0V15a6 6 0 0 1-11.3 2.5L3.8 14a1.5 1.5 0 0 1 2.5-1.5L8 15",
  home: "M3 11.5 12 4l9 7.5M5.5 10v10h13V10",
  info: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5M12 8h.01",
  key: "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l8.5-8.5M16 7l3 3",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  next: "m9 6 6 6-6 6",
  page: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  pause: "M8 5v14M16 5v14",
  phone: "M4 20l1.3-4A8.5 8.5 0 1 1 8.5 19zM9 9.5c.3 3 2.5 5.2 5.5 5.5",
  plus: "M12 5v14M5 12h14",
  power: "M12 3v8M6.5 6.5a8 8 0 1 0 11 0",
  send: "M4 12 20 4l-5 16-3-7z",
  server: "M4 4h16v7H4zM4 13h16v7H4zM8 7.5h.01M8 16.5h.01",
  signOut: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  sliders:
    "M4 7h9M17 7h3M4 17h3M11 17h9M15 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM9 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  star: "m12 3.5 2.6 5.3 5.9.9-4.2 4.1 1 5.8L12 16.9l-5.3 2.7 1-5.8L3.5 9.7l5.9-.9z",
  tools: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM16.5 13.5v6M13.5 16.5h6",
  trash: "M5 7h14M9 7V4.5h6V7M7 7l1 13h8l1-13",
  up: "M12 20V4m-5 5 5-5 5 5",
} as const;

export type AdminIconName = keyof typeof SHAPES;

/** Line icon of the admin area; decorative, the words stand beside it. */
export function AdminIcon({ name }: { name: AdminIconName }) {
  const dots = name === "dots" || name === "grip";
  const extra = dots ? " dots" : name === "chevron" ? " chev" : "";
  return (
    <svg class={`icon${extra}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
