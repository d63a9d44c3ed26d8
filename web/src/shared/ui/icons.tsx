import type { ReactNode } from 'react';

interface IconProps {
  size?: number;
}

/** 24×24 outline icons in the colour of the text around them. Decorative: the control beside it has the name. */
const icon = (shapes: ReactNode) =>
  function Icon({ size = 20 }: IconProps) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
        focusable="false"
      >
        {shapes}
      </svg>
    );
  };

export const ArrowDownIcon = icon(<path d="M12 5v14M6 13l6 6 6-6" />);
export const BackIcon = icon(<path d="M19 12H5M11 6l-6 6 6 6" />);
export const BlockIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="m5.6 5.6 12.8 12.8" />
  </>,
);
export const BotIcon = icon(
  <>
    <rect x="4" y="8" width="16" height="12" rx="4" />
    <path d="M12 8V4M9 13v2M15 13v2M2 13v3M22 13v3" />
  </>,
);
export const CheckIcon = icon(<path d="m5 13 4 4L19 7" />);
export const ChevronIcon = icon(<path d="m8 10 4 4 4-4" />);
export const ClockIcon = icon(
  <>
    <circle cx="12" cy="12" r="9" />
    <path d="M12 7v5l3 2" />
  </>,
);
export const CloseIcon = icon(<path d="M6 6l12 12M18 6 6 18" />);
export const CommandsIcon = icon(
  <>
    <rect x="3.5" y="3.5" width="17" height="17" rx="4.5" />
    <path d="m14 8-4 8" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="8" y="8" width="12" height="12" rx="3" />
    <path d="M16 8V7a3 3 0 0 0-3-3H7a3 3 0 0 0-3 3v6a3 3 0 0 0 3 3h1" />
  </>,
);
export const DotsIcon = icon(<path d="M12 5.5v.01M12 12v.01M12 18.5v.01" strokeWidth={2.6} />);
export const ExternalIcon = icon(<path d="M9 7h8v8M17 7 7 17" />);
export const FileIcon = icon(<path d="M13 3H8a3 3 0 0 0-3 3v12a3 3 0 0 0 3 3h8a3 3 0 0 0 3-3V9l-6-6v6h6" />);
export const GroupIcon = icon(
  <>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.5c2.1.9 3.5 2.9 3.5 5.5" />
  </>,
);
export const ImageIcon = icon(
  <>
    <rect x="3" y="4" width="18" height="16" rx="4" />
    <circle cx="8.5" cy="9.5" r="1.5" />
    <path d="m4 18 5-5 3.5 3.5L16 13l4.5 4.5" />
  </>,
);
export const KeyboardIcon = icon(
  <>
    <rect x="3" y="6" width="18" height="12" rx="3" />
    <path d="M7 10v.01M11 10v.01M15 10v.01M8 14h8" />
  </>,
);
export const MoonIcon = icon(<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z" />);
export const PaperclipIcon = icon(
  <path d="m19.5 11.5-7.6 7.6a5 5 0 0 1-7-7l8.2-8.3a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.3l7.2-7.2" />,
);
export const PlusIcon = icon(<path d="M12 5v14M5 12h14" />);
export const ReplyIcon = icon(<path d="M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7" />);
export const RetryIcon = icon(<path d="M20 11A8 8 0 1 0 18 17M20 5v6h-6" />);
export const SendIcon = icon(<path d="M5 12 3.5 4.5 21 12 3.5 19.5 5 12zM5 12h7" />);
export const SparkIcon = icon(
  <path d="M12 3c.8 4.9 3.1 7.2 8 8-4.9.8-7.2 3.1-8 8-.8-4.9-3.1-7.2-8-8 4.9-.8 7.2-3.1 8-8zM19 17v4M17 19h4" />,
);
export const SunIcon = icon(
  <>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />
  </>,
);
export const TerminalIcon = icon(
  <>
    <rect x="3" y="4" width="18" height="16" rx="4" />
    <path d="m7 10 3 2.5L7 15M13 15h4" />
  </>,
);
export const TrashIcon = icon(<path d="M5 7h14M10 7V5h4v2M7 7l1 12h8l1-12" />);
export const UserPlusIcon = icon(
  <>
    <circle cx="10" cy="8" r="3.5" />
    <path d="M4 20c0-3.5 2.5-6 6-6 1.6 0 3 .5 4 1.4M18 14v6M15 17h6" />
  </>,
);
export const WarningIcon = icon(
  <path d="M12 9v4M12 16.5v.01M10.3 4.5 3 17.5A2 2 0 0 0 4.7 20.5h14.6a2 2 0 0 0 1.7-3L13.7 4.5a2 2 0 0 0-3.4 0z" />,
);
