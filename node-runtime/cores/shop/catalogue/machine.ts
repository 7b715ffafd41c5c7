import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import type { CatalogueCommand, CatalogueDeed, CatalogueOutcome } from '../messages.ts'
import { Book } from './book.ts'
import { decodeCatalogueCommand, decodeCatalogueQuery, encodeCatalogueAnswer, noQuery } from './codecs.ts'
import { FactsMemo } from './facts-memo.ts'
import { done } from './outcomes.ts'
import { answerQuery } from './queries.ts'
import { actOnOrder, expireDue } from './reservations.ts'
import { emptyHead, readHead } from './rows.ts'
import { putSeedIn } from './seed.ts'
import { actForStaff } from './staff.ts'

/** What a committed command does to the catalogue, and what can be asked of it. SPEC.md has the rules. */
export function catalogueMachine(): StateMachine {
  const memo = new FactsMemo()
  return {
    apply: (entry: Command, state: StateTx): Uint8Array => {
      const command = decodeCatalogueCommand(entry.bytes)
      return command === null ? refusedCommand : applied(command, entry, state)
    },
    query: (bytes: Uint8Array, state: StateView): Uint8Array => {
      const query = decodeCatalogueQuery(bytes)
      return query === null ? noQuery : answerQuery(state, query, memo)
    },
  }
}

const refusedCommand = encodeCatalogueAnswer({ kind: 'refused' })

/** One deed after the other, so that a later one finds what an earlier one of the same command did. */
function applied({ deeds }: CatalogueCommand, entry: Command, state: StateTx): Uint8Array {
  const known = readHead(state)
  const book = new Book(state, entry, known ?? emptyHead)
  if (known === null) putSeedIn(book)
  const expired = expireDue(book)
  const outcomes = deeds.map((deed) => outcomeOf(book, deed, expired))
  book.write()
  return encodeCatalogueAnswer({ kind: 'done', movements: book.head.movements, outcomes })
}

function outcomeOf(book: Book, deed: CatalogueDeed, expired: number): CatalogueOutcome {
  switch (deed.kind) {
    case 'reserve':
    case 'confirm':
    case 'release':
    case 'give-back':
      return actOnOrder(book, deed)
    case 'expire':
      return done({ kind: 'expired', reservations: expired })
    default:
      return actForStaff(book, deed)
  }
}
