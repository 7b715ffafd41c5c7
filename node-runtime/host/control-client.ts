import { connect, type Socket } from 'node:net'
import type { CallName, EventName } from '#contract/window/channels'
import type { CallInput, CallOutput, EventPayload } from '#contract/window/contract'
import type { ClientFrame, ServerFrame } from '#contract/window/frames'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { findControl } from './control-address.ts'
import { JsonLines, jsonLine } from './json-lines.ts'
import { hostLimits } from './limits.ts'

/** A command line's end of the control socket. */
export interface ControlClient {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>
  on<Name extends EventName>(name: Name, listener: (payload: EventPayload<Name>) => void): Stop
  /** Settles when the line is gone, whichever end closed it. */
  readonly closed: Promise<void>
  close(): void
}

/** Reaches the shell that runs this lab, whichever it is. */
export async function connectToLab(labDir: string): Promise<Result<ControlClient>> {
  const path = findControl(labDir)
  const opened = path === null ? 'nobody' : await open(path)
  if (opened === 'nobody') return fail('lab-not-running', `no Colmeia runs the lab in ${labDir}`)
  if (opened === 'silent') return fail('timed-out', `the Colmeia that runs the lab in ${labDir} does not answer`)
  return ok(clientOn(opened))
}

/** Only a refusal shows that nobody is there. One who is merely slow or stopped still has the lab. */
export async function isAlive(path: string): Promise<boolean> {
  const opened = await open(path)
  if (typeof opened === 'string') return opened === 'silent'
  opened.destroy()
  return true
}

function open(path: string): Promise<Socket | 'nobody' | 'silent'> {
  return new Promise((resolve) => {
    const socket = connect(path)
    const give = (found: Socket | 'nobody' | 'silent'): void => {
      clearTimeout(timer)
      socket.off('error', refuse)
      if (typeof found === 'string') socket.destroy()
      resolve(found)
    }
    const refuse = (error: NodeJS.ErrnoException): void => {
      const isNobody = error.code === 'ECONNREFUSED' || error.code === 'ENOENT' || error.code === 'ENOTSOCK'
      give(isNobody ? 'nobody' : 'silent')
    }
    const timer = setTimeout(() => give('silent'), hostLimits.controlConnectWithinMs)
    socket.on('error', refuse)
    socket.once('connect', () => give(socket))
  })
}

type Settle = (result: Result<unknown>) => void

function clientOn(socket: Socket): ControlClient {
  const waiting = new Map<number, Settle>()
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const lines = new JsonLines(hostLimits.answerLineBytesMax)
  let sequence = 0
  const send = (frame: ClientFrame): void => void socket.write(jsonLine(frame))
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const settle of [...waiting.values()])
        settle(fail('lab-not-running', 'the lab went away before it answered'))
      resolve()
    })
  })
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    const frames = lines.push(chunk)
    if (frames === null) socket.destroy()
    // The server is our own program behind a file that only this user may open: its frames have the contract's shape.
    else for (const frame of frames) receive(frame as ServerFrame)
  })

  function receive(frame: ServerFrame): void {
    if (frame.kind === 'event') for (const listener of listeners.get(frame.name) ?? []) listener(frame.payload)
    // As above: the result under this number is the one of the call that was sent under it.
    else waiting.get(frame.sequence)?.(frame.result as Result<unknown>)
  }

  function call(name: CallName, input: unknown): Promise<Result<unknown>> {
    sequence += 1
    const mine = sequence
    return new Promise((resolve) => {
      const settle: Settle = (result) => {
        clearTimeout(timer)
        waiting.delete(mine)
        resolve(result)
      }
      const timer = setTimeout(
        () => settle(fail('timed-out', `${name} was not answered`)),
        hostLimits.controlAnswerWithinMs,
      )
      waiting.set(mine, settle)
      if (socket.destroyed) settle(fail('lab-not-running', 'the line is closed'))
      else send({ kind: 'call', sequence: mine, name, input })
    })
  }

  return {
    // The names tie input and output together in the contract; on the line they are plain JSON.
    call: call as ControlClient['call'],
    on(name, listener) {
      const known = listeners.get(name) ?? new Set()
      const heard = listener as (payload: unknown) => void // the name was the key to this very listener
      listeners.set(name, known.add(heard))
      send({ kind: 'listen', events: [...listeners.keys()] })
      return () => {
        known.delete(heard)
      }
    },
    closed,
    close: () => void socket.destroy(),
  }
}
