/** What tells whose program asks. Both are as they came, and may be anything. */
export interface Signs {
  readonly host?: string | undefined
  readonly origin?: string | undefined
}

/**
 * Whether a browser may have been lured. A foreign page that asks for our address sends its own Origin; one that was
 * given a foreign name for our address sends that name as Host. Programs that are no browsers send what we expect.
 */
export function isWelcome({ host, origin }: Signs, ownHost: string): boolean {
  if (host === undefined || !isOurs(nameIn(host), ownHost)) return false
  return origin === undefined || origin === `http://${host}`
}

/** Without the port: somebody may reach us through another one of the same machine. */
function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

function isOurs(name: string, ownHost: string): boolean {
  // Who listens everywhere goes by any of the machine's addresses; a number is nobody's to give away, as names are.
  if (ownHost === everywhere && /^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return true
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name) || name === ownHost
}

const everywhere = '0.0.0.0'
