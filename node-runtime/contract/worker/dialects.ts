/** How programs of before are answered over HTTP, the default first. What is kept is the same either way. */
export const httpDialects = ['B', 'A'] as const
export type HttpDialect = (typeof httpDialects)[number]
