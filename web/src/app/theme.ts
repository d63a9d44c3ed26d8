import { createTheme, localStorageColorSchemeManager } from '@mantine/core';

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'nexus.color-scheme' });

export const theme = createTheme({
  primaryColor: 'nexus',
  primaryShade: { light: 6, dark: 5 },
  colors: {
    // Mantine's own dark is neutral; this one is slightly blue, like the rest of the page.
    dark: [
      '#e8ebf0',
      '#c3cad5',
      '#a3acba',
      '#8d97a6',
      '#363d49',
      '#2a313c',
      '#1d222b',
      '#151920',
      '#10141a',
      '#0b0e13',
    ],
    nexus: [
      '#eef4ff',
      '#dbe7ff',
      '#b5ccff',
      '#8cb0ff',
      '#6b98fc',
      '#5489f8',
      '#3d78f2',
      '#2d63d6',
      '#244fad',
      '#1d4088',
    ],
  },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, monospace",
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.4, blur: 2 } } },
    Menu: { defaultProps: { radius: 'md', shadow: 'lg' } },
    Popover: { defaultProps: { radius: 'md', shadow: 'lg' } },
    Tooltip: { defaultProps: { openDelay: 400, fz: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 38, radius: 'xl' } },
  },
});
