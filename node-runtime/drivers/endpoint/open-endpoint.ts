import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import { type Endpoint, type EndpointAnswer, endpointProblems } from '#ports/endpoint'
import { Door, say } from './door.ts'
import { giveAnswer } from './give-answer.ts'
import { HangUps } from './hang-up.ts'
import { type Limits, realLimits } from './limits.ts'
import { PlainLane } from './plain-lane.ts'

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
  const hangUps = new HangUps()
  const server = fastify({ ...settings(limits), clientErrorHandler: hangUps.hangUp })
  hangUps.hear(server.server)
  server.server.maxConnections = limits.connectionsMax
  const door = new Door({ host, clock, limits })
  openTo(door, server)
  hearExpectations(door, server.server)
  const lanes = openLanes(door, server.server, limits)
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
  return ok({ address, serve: (handler) => door.serve(handler), close: () => close(server, lanes, limits) })
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
      // The door refuses those without one, and says why; Node would say nothing.
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    rewriteUrl: pathOf,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => say(reply, endpointProblems.garbled),
  } as const
}

/** A request may name the whole address, as for a proxy; then that says whom it asks, whatever Host does (RFC 9112). */
function pathOf(request: { url?: string | undefined; readonly headers: IncomingMessage['headers'] }): string {
  const { url = '', headers } = request
  const [, authority, rest] = /^http:\/\/([^/?]*)(.*)$/i.exec(url) ?? []
  if (authority === undefined || rest === undefined) return url
  if (headers.host !== undefined) headers.host = authority
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** Node would let everybody send on, and refuse other expectations without a word. */
function hearExpectations(door: Door, server: Server): void {
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const refusal = door.mayGoOn(request)
    if (refusal !== null) return giveLast(response, refusal)
    response.writeContinue()
    server.emit('request', request, response)
  })
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    giveLast(response, endpointProblems.expectation)
  })
}

/** Whether the body comes all the same, nobody knows. */
function giveLast(response: ServerResponse, answer: EndpointAnswer): void {
  giveAnswer(response, { ...answer, headers: { ...answer.headers, connection: 'close' } })
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

/** Node's own way with a connection is what a lane hands it on to. */
function openLanes(door: Door, server: Server, limits: Limits): ReadonlySet<PlainLane> {
  const lanes = new Set<PlainLane>()
  const listeners = server.listeners('connection')
  const handOn = (socket: Socket): void => {
    for (const listener of listeners) Reflect.apply(listener, server, [socket])
  }
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const lane = new PlainLane({
      ...{ socket, door, limits },
      handOn: () => {
        lanes.delete(lane)
        handOn(socket)
      },
    })
    lanes.add(lane)
    socket.once('close', () => void lanes.delete(lane))
  })
  return lanes
}

async function close(server: FastifyInstance, lanes: ReadonlySet<PlainLane>, { closeWithinMs }: Limits): Promise<void> {
  const force = setTimeout(() => {
    server.server.closeAllConnections()
    for (const lane of lanes) lane.cut()
  }, closeWithinMs)
  for (const lane of lanes) lane.close()
  await server.close()
  clearTimeout(force)
}
