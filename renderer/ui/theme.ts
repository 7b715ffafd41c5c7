import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const honey: MantineColorsTuple = [
  '#fdf5e3',
  '#fbecc9',
  '#f9dd9c',
  '#f6cb6b',
  '#f3b33b',
  '#eaa521',
  '#c98709',
  '#a66d00',
  '#855300',
  '#5f3c00',
]

/** Mantine's greys, warm like ours, for the few places that take them by number. */
const gray: MantineColorsTuple = [
  '#faf7f1',
  '#f0ebe0',
  '#e3dac8',
  '#d6cab2',
  '#c6b897',
  '#a3967a',
  '#6f6450',
  '#5a503e',
  '#3b3427',
  '#231d12',
]

const dark: MantineColorsTuple = [
  '#f5efe2',
  '#c2b69f',
  '#a39780',
  '#7d725d',
  '#4a4030',
  '#352e21',
  '#28231a',
  '#1e1a13',
  '#18150f',
  '#0f0d09',
]

export const theme = createTheme({
  colors: { honey, gray, dark },
  primaryColor: 'honey',
  primaryShade: 4,
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's colours come from our own tokens, so that one file decides how the house looks. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--tone-bad)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--accent-softer)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--ink-faint)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-honey-filled': 'var(--accent-fill)',
    '--mantine-color-honey-filled-hover': 'var(--accent-fill-hover)',
    '--mantine-color-honey-light': 'var(--accent-soft)',
    '--mantine-color-honey-light-hover': 'var(--accent-softer)',
    '--mantine-color-honey-light-color': 'var(--accent)',
    '--mantine-color-honey-outline': 'var(--accent)',
    '--mantine-primary-color-filled': 'var(--accent-fill)',
    '--mantine-primary-color-light-color': 'var(--accent)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
  },
  light: {},
  dark: {},
})
