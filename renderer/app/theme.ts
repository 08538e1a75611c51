import { Button, createTheme, Input, type MantineColorsTuple, Modal, SegmentedControl } from '@mantine/core'

/** The one accent, an ink blue-violet; state colours live in ui/tokens.css and are used for nothing else. */
const ink: MantineColorsTuple = [
  '#efeffb',
  '#dcdbf3',
  '#b8b6e6',
  '#918eda',
  '#706dcf',
  '#5b57c8',
  '#4f4bc5',
  '#413dae',
  '#38359b',
  '#2d2a87',
]

export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 8, dark: 3 },
  autoContrast: true,
  fontFamily: 'var(--pb-font)',
  headings: { fontFamily: 'var(--pb-font)' },
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Nothing that is touched is smaller than 44 px.
    Button: Button.extend({
      vars: (_, { variant = 'filled', disabled }) => ({
        root: {
          '--button-height': '44px',
          '--button-fz': '16px',
          '--button-padding-x': '20px',
          // The library writes white on the accent in both themes; the dark one needs dark ink.
          ...(variant === 'filled' && disabled !== true
            ? {
                '--button-bg': 'var(--pb-accent)',
                '--button-hover': 'color-mix(in oklab, var(--pb-accent) 88%, var(--pb-ink))',
                '--button-color': 'var(--pb-accent-ink)',
              }
            : {}),
        },
      }),
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': '44px', '--input-fz': '16px' }, root: {} }) as never,
    }),
    Modal: Modal.extend({ defaultProps: { centered: true, transitionProps: { duration: 120 } } }),
    SegmentedControl: SegmentedControl.extend({
      vars: () => ({ root: { '--sc-padding': '10px 16px', '--sc-font-size': '16px' } }) as never,
    }),
  },
})
