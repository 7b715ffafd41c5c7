import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import { type Endpoint, endpointProblems } from '#ports/endpoint'
import { Door, say } from './door.ts'
import { type Limits, realLimits } from './limits.ts'

export interface EndpointOptions {
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly clock: Clock
  readonly limits?: Partial<Limits>
}

export interface OpenEndpoint extends Endpoint {
  close(): Promise<void>
}

/** Refuses with `port-taken` or `no-permission`. Its package is loaded only here: most nodes have no endpoint. */
export async function openEndpoint(options: EndpointOptions): Promise<Result<OpenEndpoint>> {
  const { host, port, clock } = options
  const limits: Limits = { ...realLimits, ...options.limits }
  const { fastify } = await import('fastify')
  const server = fastify(settings(limits))
  server.server.maxConnections = limits.connectionsMax
  const door = new Door({ host, clock, limits })
  openTo(door, server)
  try {
    await server.listen({ host, port })
  } catch (error) {
    await server.close()
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EADDRINUSE') return fail('port-taken', `port ${port} is in use`)
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL')
      return fail('no-permission', `${host}:${port} is not ours to take`)
    throw error
  }
  const bound = server.server.address()
  const address = { host, port: typeof bound === 'object' && bound !== null ? bound.port : port }
  return ok({ address, serve: (handler) => door.serve(handler), close: () => close(server, limits) })
}

function settings(limits: Limits) {
  const { requestWithinMs } = limits
  return {
    logger: false,
    exposeHeadRoutes: false,
    genReqId: () => '',
    bodyLimit: limits.bodyBytesMax,
    routerOptions: { maxParamLength: limits.pathCharsMax },
    keepAliveTimeout: limits.idleMs,
    requestTimeout: requestWithinMs,
    connectionTimeout: limits.stillMs,
    // Also here: what the framework sets when the server is made already, Node heeds for headers only.
    http: {
      connectionsCheckingInterval: limits.lookEveryMs,
      requestTimeout: requestWithinMs,
      headersTimeout: requestWithinMs,
    },
    forceCloseConnections: 'idle',
    clientErrorHandler: hangUp,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => say(reply, endpointProblems.garbled),
  } as const
}

/** One way in for everything: what a path means is not known here. */
function openTo(door: Door, server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  server.addHook('onRequest', door.enter)
  server.all('/*', door.hear)
  server.setNotFoundHandler(door.hear)
  server.setErrorHandler((error, _request, reply) => {
    const isTooLarge = error instanceof Error && 'statusCode' in error && error.statusCode === 413
    say(reply, isTooLarge ? endpointProblems.tooLarge : endpointProblems.garbled)
  })
}

/** What was no request, or not in time. There is nobody to answer but the connection itself. */
function hangUp(error: Error & { readonly code?: string }, socket: Socket): void {
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const isLong = error.code === 'HPE_HEADER_OVERFLOW'
  const status = isLate ? '408 Request Timeout' : isLong ? '431 Request Header Fields Too Large' : '400 Bad Request'
  if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
  socket.destroySoon()
}

async function close(server: FastifyInstance, { closeWithinMs }: Limits): Promise<void> {
  const force = setTimeout(() => server.server.closeAllConnections(), closeWithinMs)
  await server.close()
  clearTimeout(force)
}
