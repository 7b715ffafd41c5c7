/** notary-1 and notary-2 · notary-1 e notary-2 */
export function listed(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { style: 'long', type: 'conjunction' }).format(items)
}
