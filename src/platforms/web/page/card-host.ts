import { HostConfig } from 'adaptivecards'

/** Colours are the page's own, by name, so that light and dark follow without drawing a card again. */
const ink = {
  default: { default: 'var(--ink)', subtle: 'var(--ink-soft)' },
  dark: { default: 'var(--ink)', subtle: 'var(--ink-soft)' },
  light: { default: 'var(--ink-soft)', subtle: 'var(--ink-soft)' },
  accent: { default: 'var(--accent-ink)', subtle: 'var(--accent-ink)' },
  good: { default: 'var(--good-ink)', subtle: 'var(--good-ink)' },
  warning: { default: 'var(--warning-ink)', subtle: 'var(--warning-ink)' },
  attention: { default: 'var(--danger-ink)', subtle: 'var(--danger-ink)' },
}

// Grid lines would be boxes; rules between rows, which the stylesheet draws, are calmer.
const on = (backgroundColor: string) => ({ backgroundColor, foregroundColors: ink, borderColor: 'transparent' })

const font = (fontFamily: string) => ({
  fontFamily,
  fontSizes: { small: 13, default: 15, medium: 17, large: 20, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
})

/** How an Adaptive Card looks here. Lengths are CSS pixels. */
export const hostConfig = new HostConfig({
  supportsInteractivity: true,
  spacing: { small: 4, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  fontTypes: { default: font('inherit'), monospace: font('ui-monospace, monospace') },
  lineHeights: { small: 18, default: 22, medium: 24, large: 27, extraLarge: 30 },
  imageSizes: { small: 48, medium: 96, large: 192 },
  containerStyles: {
    default: on('transparent'),
    emphasis: on('var(--card-emphasis)'),
    accent: on('var(--card-accent)'),
    good: on('var(--card-good)'),
    warning: on('var(--card-warning)'),
    attention: on('var(--card-danger)'),
  },
  actions: {
    maxActions: 25,
    spacing: 'default',
    buttonSpacing: 0,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: true },
  table: { cellSpacing: 8 },
  textBlock: { headingLevel: 3 },
  textStyles: {
    heading: { size: 'medium', weight: 'bolder', color: 'default', isSubtle: false },
    columnHeader: { size: 'small', weight: 'bolder', color: 'default', isSubtle: true },
  },
})
