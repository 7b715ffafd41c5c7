import type { AddressInfo } from 'node:net'
import websocket from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import { windowLimits } from '#contract/window/contract'
import { bridgePath } from '#contract/window/frames'
import { fileToServe } from '#host/page-files'
import { fileHeaders } from '#host/page-policy'
import { type LineParts, serveLine } from '#host/serve-line'
import type { Stop } from '#kit/stop-stack'
import { freshSecrets, type RequestSigns, type Verdict, WebGuard } from './web-guard.ts'

export const webLimits = {
  /** Pages connected at once. The next one is refused. */
  pagesMax: 32,
  /** A call at its limit, and the frame around it. */
  frameBytesMax: windowLimits.callBytesMax + 4 * 1024,
} as const

export interface WebServerParts extends LineParts {
  /** 0: any free one. */
  readonly port: number
  /** The built window. */
  readonly root: string
}

export interface WebServer {
  /** To be opened once; it holds the token. */
  readonly address: string
  readonly origin: string
  readonly close: Stop
}

/** The door comes from where the window comes from, so that one cookie opens both. */
const oneHost = { window: "'self'", door: "'self'" } as const

/** Serves the window to a browser of this machine, to whoever was given the printed address and to nobody else. */
export async function startWebServer(parts: WebServerParts): Promise<WebServer> {
  // Pages hold their sockets open for hours; without force the server would wait for them when it is told to stop.
  const server = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 1_024,
    routerOptions: { maxParamLength: 200 },
  })
  let guard: WebGuard | null = null
  const judge = (): WebGuard => {
    // Nothing is answered before the port is known: the guard would not know its own name.
    if (guard === null) throw new Error('a request before the server listens')
    return guard
  }
  await server.register(websocket, { options: { maxPayload: webLimits.frameBytesMax, perMessageDeflate: false } })
  addBridge(server, parts, judge)
  addPages(server, parts.root, judge)
  await server.listen({ host: '127.0.0.1', port: parts.port })
  const bound = server.server.address() as AddressInfo // a TCP server that listens has a port
  guard = new WebGuard(freshSecrets(), bound.port)
  return { address: guard.address, origin: guard.origin, close: () => server.close() }
}

function addBridge(server: FastifyInstance, parts: WebServerParts, judge: () => WebGuard): void {
  // Before the upgrade: who is refused gets a plain HTTP answer and no socket.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const verdict = judge().judgeSocket(signsOf(request))
    if (verdict !== 'let-in') return refuse(reply, verdict)
    const isFull = server.websocketServer.clients.size >= webLimits.pagesMax
    return isFull ? reply.code(503).send('too many pages\n') : undefined
  }
  server.get(bridgePath, { websocket: true, onRequest }, (socket) => serveSocket(socket, parts))
}

function serveSocket(socket: WebSocket, parts: LineParts): void {
  const line = serveLine(
    { send: (frame) => socket.send(JSON.stringify(frame)), bytesWaiting: () => socket.bufferedAmount },
    parts,
  )
  socket.on('message', (data, isBinary) => {
    const frame = isBinary ? null : parsed(String(data))
    // Our own page never sends anything else; whoever does is not answered.
    if (frame === null) socket.close(1003)
    else line.receive(frame)
  })
  // A frame over the limit ends here, and the page's socket with it.
  socket.on('error', () => socket.terminate())
  socket.on('close', () => void line.close())
}

function addPages(server: FastifyInstance, root: string, judge: () => WebGuard): void {
  server.get('/*', { exposeHeadRoute: false }, async (request, reply) => {
    const guard = judge()
    const url = URL.parse(request.url, guard.origin)
    const token = url?.searchParams.get('token') ?? null
    if (token !== null && url?.pathname === '/' && guard.isRightHost(request.headers.host)) {
      if (!guard.isToken(token)) return refuse(reply, 'no-session')
      // On to an address without the token, which so stays in no address bar and in no bookmark.
      return reply
        .code(303)
        .headers({ ...fileHeaders, 'set-cookie': guard.cookie, location: '/' })
        .send()
    }
    const verdict = guard.judgePage(signsOf(request))
    // A path such as `//` is no address at all, and so the address of no file.
    return verdict === 'let-in' ? sendFile(reply, root, url?.pathname ?? '//') : refuse(reply, verdict)
  })
}

async function sendFile(reply: FastifyReply, root: string, pathname: string): Promise<FastifyReply> {
  const file = await fileToServe(root, { pathname, at: oneHost })
  if (file === null) return reply.code(404).headers(fileHeaders).send()
  return reply.headers(file.headers).send(file.body)
}

const refusals: Readonly<Record<Exclude<Verdict, 'let-in'>, { readonly status: number; readonly text: string }>> = {
  'wrong-host': { status: 421, text: 'not-trusted: this address is not the one that was printed\n' },
  'wrong-origin': { status: 403, text: 'not-trusted: not a page of this Colmeia\n' },
  'no-session': {
    status: 401,
    text: [
      'not-trusted: open the address that Colmeia printed when it started; it holds a token.',
      'not-trusted: abra o endereço que o Colmeia mostrou ao iniciar; ele contém uma chave.',
      '',
    ].join('\n'),
  },
}

function refuse(reply: FastifyReply, verdict: Exclude<Verdict, 'let-in'>): FastifyReply {
  const { status, text } = refusals[verdict]
  return reply
    .code(status)
    .headers({ ...fileHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .send(text)
}

function signsOf({ headers }: FastifyRequest): RequestSigns {
  return { host: headers.host, origin: headers.origin, cookie: headers.cookie }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The caller closes the socket.
    return null
  }
}
