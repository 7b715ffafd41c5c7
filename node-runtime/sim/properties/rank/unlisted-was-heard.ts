import type { Sometimes } from '../../subject.ts'
import { type RankWords, referenceOf } from '../../subjects/rank-program.ts'

/** A server with a rank spoke to one that has not yet seen it on a list. */
export const unlistedWasHeard: Sometimes<RankWords> = {
  name: 'a server was heard that no list had named yet',
  start:
    () =>
    ({ scenario, received, views }) =>
      received.some(({ from, to }) => {
        const view = from === referenceOf(scenario) ? undefined : views.find(({ id }) => id === to)
        return view !== undefined && view.rank !== null && !view.servers.some(({ node }) => node === from)
      }),
}
