import type { Socket } from 'zeromq'
import { fail, ok, type Result } from '#kit/result'
import { portFreed } from './port-freed.ts'
import { tcpAddress } from './tcp-address.ts'

export interface Bound {
  readonly address: string
  readonly port: number
  /** Closes the socket; resolves when its port can be bound again. */
  close(): Promise<void>
}

/** A socket that cannot be bound is closed. */
export async function bindTo(
  socket: Socket & { readonly lastEndpoint: string | null },
  at: { readonly host: string; readonly port: number },
): Promise<Result<Bound>> {
  const wanted = tcpAddress(at)
  try {
    await socket.bind(wanted)
  } catch (error) {
    socket.close()
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EADDRINUSE') return fail('port-taken', `${wanted} is in use`)
    if (code === 'EACCES') return fail('no-permission', `${wanted} may not be used`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENODEV' || code === 'EINVAL') {
      return fail('bad-request', `${wanted} is not an address of this machine`)
    }
    throw error
  }
  const address = socket.lastEndpoint ?? wanted
  const port = Number(address.slice(address.lastIndexOf(':') + 1))
  const close = async (): Promise<void> => {
    socket.close()
    await portFreed({ host: at.host, port })
  }
  return ok({ address, port, close })
}
