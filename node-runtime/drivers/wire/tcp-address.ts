/** Where something listens: an IPv6 host is written in brackets. */
export function tcpAddress(at: { readonly host: string; readonly port: number }): string {
  return `tcp://${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}`
}
