/** A screen for tests on a machine that has none. */

import { spawn } from 'node:child_process'
import { hasDisplay } from '../bootstrap/command-line.mjs'
import { SetupProblem } from '../bootstrap/places.mjs'
import { adopt } from '../bootstrap/processes.mjs'

export interface Display {
  /** What a program needs in its environment to be seen there; empty when there was a screen already. */
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

const startMaxMs = 10_000

export async function openDisplay(): Promise<Display> {
  if (hasDisplay(process.platform, process.env)) return { env: {}, stop: async () => {} }
  // With -displayfd the server picks a free number by itself and writes it there once it listens: two test runs on
  // one machine cannot choose the same.
  const args = ['-displayfd', '3', '-screen', '0', '1920x1080x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  adopt(server)
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const number = await new Promise<string>((resolve, reject) => {
    let text = ''
    const fail = (why: string) => reject(new SetupProblem(`Xvfb did not start: ${why}`))
    const limit = setTimeout(() => fail('it said nothing for too long'), startMaxMs)
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (!text.includes('\n')) return
      clearTimeout(limit)
      resolve(text.trim())
    })
    server.once('error', (error) => fail(error.message))
    server.once('exit', (code) => fail(`it ended with ${code}`))
  })
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
  }
  return { env: { DISPLAY: `:${number}` }, stop }
}
