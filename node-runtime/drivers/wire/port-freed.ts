import { createServer } from 'node:net'

const tries = 200
const pauseMs = 2

/**
 * Resolves when a port that has just been closed can be bound again. ZeroMQ closes in a thread of its own and does not
 * say when it is done, and its `unbind`, which would, now and then aborts the whole process (an assertion in pipe.cpp,
 * libzmq 4.3.5). If somebody else has taken the port meanwhile, it is not ours to wait for, and this ends all the same.
 */
export async function portFreed(at: { readonly host: string; readonly port: number }): Promise<void> {
  for (let count = 0; count < tries; count += 1) {
    if (await canListen(at)) return
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

async function canListen({ host, port }: { readonly host: string; readonly port: number }): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
