import { Anchor, createTheme } from '@mantine/core'

/** Darker shades than Mantine's defaults, so that text has enough contrast in both schemes. */
export const theme = createTheme({
  primaryColor: 'cyan',
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  // Links are as large as the text around them.
  components: { Anchor: Anchor.extend({ defaultProps: { inherit: true } }) },
})
