import { afterEach, expect, it } from 'vitest'
import { Reply, Request } from 'zeromq'
import { type ChatPlan, chatSockets } from '#contract/worker/chat'
import { openClock } from '#drivers/clock/index'
import { openSockets } from '#drivers/sockets/index'
import { quietPort } from '#drivers/sockets/testing/socket-net'
import { keyPair, until } from '#drivers/wire/testing/wire-net'
import { nodeId } from '#kit/ids'
import { StopStack } from '#kit/stop-stack'
import { startChatBroker } from '../../chat-broker.ts'
import { VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'

const stops = new StopStack()
afterEach(() => stops.run())

const host = '127.0.0.1'
const id = nodeId('broker')
const chat: ChatPlan = {
  ...{ profile: 'everyone', hasJsonPublications: false, reach: 'loopback', layouts: [], servers: [] },
  ...{ broker: id, proxy: nodeId('proxy'), reference: nodeId('reference') },
}

/** The broker of a chat without servers of ours, on real sockets. */
async function brokerAlone() {
  const [clients, servers] = [await quietPort(), await quietPort()]
  const opened = await openSockets({
    plans: [
      { kind: 'router', name: chatSockets.clients, at: { host, port: clients } },
      { kind: 'dealer', name: chatSockets.servers, at: { host, port: servers } },
    ],
    ...{ keys: keyPair(), members: [], clock: openClock() },
  })
  if (!opened.ok) throw new Error(opened.failure.message)
  const ports = new VirtualHosts([id]).host(id).ports()
  const role = startChatBroker({ ...virtualPlan(id, [id]), chat }, { ...ports, sockets: opened.value })
  stops.add(() => opened.value.close())
  stops.add(() => role.stop())
  return { role, clients, servers }
}

/** A program of the course that serves: it says who asked, and takes its time when it is slow. */
function serve(port: number, isSlow: boolean, answered: { count: number }): void {
  const socket = new Reply({ linger: 0 })
  stops.add(() => socket.close())
  socket.connect(`tcp://${host}:${port}`)
  const answerAll = async (): Promise<void> => {
    for await (const [request] of socket) {
      const { data } = JSON.parse(String(request))
      // The slow one answers only after the other has: then answers come in another order than questions.
      if (isSlow) await until(() => answered.count > 0)
      answered.count += 1
      await socket.send(JSON.stringify({ service: 'login', data: { status: 'sucesso', user: data.user } }))
    }
  }
  void answerAll().catch(() => {}) // closed at the end
}

async function askAs(port: number, user: string): Promise<string> {
  const socket = new Request({ linger: 0 })
  stops.add(() => socket.close())
  socket.connect(`tcp://${host}:${port}`)
  await socket.send(JSON.stringify({ service: 'login', data: { user } }))
  const [answer] = await socket.receive()
  return JSON.parse(String(answer)).data.user
}

it('programs that ask at once each hear what a foreign server answered to them', async () => {
  const { role, clients, servers } = await brokerAlone()
  const answered = { count: 0 }
  serve(servers, true, answered)
  serve(servers, false, answered)
  await until(() => {
    const { chat: facts } = role.facts()
    return facts?.kind === 'broker' && facts.foreignServers === 2
  })
  const users = Array.from({ length: 12 }, (_, index) => `user-${index}`)
  expect(await Promise.all(users.map((user) => askAs(clients, user)))).toEqual(users)
  expect(role.facts().chat).toMatchObject({ open: 0, answered: users.length, clients: users.length })
})
