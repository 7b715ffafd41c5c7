import type { NodeCard } from '#contract/window/topology'
import { pidOf, type RealLab } from '#supervisor/testing/real-lab'

export interface Restart {
  /** From the start of the process until it says that it is ready. */
  readonly readyMs: number
  /** From the start of the process until the last byte of its first answer about a record. */
  readonly answerMs: number
  /** The first search of that process, for what nobody has registered. */
  readonly searchMs: number
}

/** Between two tries to reach a node that does not listen yet. */
const tryAgainMs = 2

/** kill -9 of a follower, until it serves again. */
export async function restart(lab: RealLab, follower: NodeCard): Promise<Restart> {
  const { http } = follower
  if (http === null) throw new Error('a follower has no address for HTTP')
  const api = `http://${http.host}:${http.port}/api/v1`
  process.kill(pidOf(follower), 'SIGKILL')
  const begunWallMs = await lab.until(() => {
    const { state } = lab.node(follower.id)
    return state.kind === 'starting' && state.sinceWallMs
  })
  await firstAnswer(`${api}/documents/1`)
  const answerMs = Date.now() - begunWallMs
  const askedMs = performance.now()
  const page = (await (await firstAnswer(`${api}/documents?limit=50&search=never+seen`)).json()) as {
    readonly records: readonly unknown[]
    readonly next: string | null
  } // our own API, in the shape that its document says
  const searchMs = performance.now() - askedMs
  if (page.records.length > 0 || page.next !== null) throw new Error('the search did not look through everything')
  const running = await lab.until(() => {
    const { state } = lab.node(follower.id)
    return state.kind === 'running' && state.sinceWallMs >= begunWallMs && state
  })
  return { readyMs: running.sinceWallMs - begunWallMs, answerMs, searchMs }
}

/** There is no signal for "somebody outside can ask it", so somebody outside asks. */
async function firstAnswer(url: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return answer
    await answer?.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, tryAgainMs))
  }
}
