const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Orders shelf codes as a person reads them: A-2 before A-10. */
export const naturalOrder = (a: string, b: string): number => collator.compare(a, b)
