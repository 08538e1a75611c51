/** Marketplaces often repeat the specification in the title; it is said once. */
export function itemName(item: { readonly title: string; readonly spec: string }): string {
  const { title, spec } = item
  return spec === '' || title.includes(spec) ? title : `${title} ${spec}`
}
