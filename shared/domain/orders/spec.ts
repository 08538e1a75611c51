/** The specification to show beside a name: empty where the name says it already. */
export const specBeside = (name: string, spec: string): string => (name.includes(spec) ? '' : spec)
