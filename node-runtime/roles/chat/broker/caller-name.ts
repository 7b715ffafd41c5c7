import type { ForeignRequest } from '#dialects/chat/index'

/** Of a name as it is shown. */
const nameCharsMax = 40

/** As the program that asks calls itself; empty: its request does not say. Connections have no other name. */
export function callerName(request: ForeignRequest): string {
  return nameIn(request).slice(0, nameCharsMax)
}

function nameIn(request: ForeignRequest): string {
  if (request.kind === 'course') {
    const { ask } = request
    return 'user' in ask ? ask.user : 'src' in ask ? ask.src : ''
  }
  if (request.kind !== 'account') return ''
  const { ask } = request
  // Of a message, the user is who gets it.
  if ('by' in ask) return ask.by.kind === 'bot' ? ask.by.user : ''
  return 'user' in ask ? ask.user : ''
}
