import { assert, unreachable } from '#kit/assert'
import type { Sha256 } from '#kit/sha256'
import type { Command, StateMachine, StateTx, StateView } from '#kit/state-machine'
import { encodeNotaryAnswer } from './answer-codec.ts'
import { found, setWitnesses } from './charter.ts'
import { decodeNotaryCommand } from './command-codec.ts'
import { FingerMemo } from './fingers.ts'
import { beginChain, GenesisOnly } from './genesis.ts'
import type { NotaryCommand } from './messages.ts'
import { Queries } from './queries.ts'
import { noQuery } from './query-answers.ts'
import { decodeNotaryQuery } from './query-codec.ts'
import { registerAll } from './register.ts'
import { areWitnesses, isFounding } from './registration-limits.ts'
import { readHead } from './rows.ts'
import { SearchMemo } from './search-memo.ts'
import { sealSearchRows } from './search-rows.ts'
import { TileNodes } from './tile-nodes.ts'

/** What a committed command does to the chain and the tree, and what can be asked of them. SPEC.md has the rules. */
export function notaryMachine({ sha256 }: { readonly sha256: Sha256 }): StateMachine {
  const memo = new FingerMemo()
  const searched = new SearchMemo()
  const nodes = new TileNodes()
  const genesis = new GenesisOnly(sha256)
  return {
    apply: (entry: Command, state: StateTx): Uint8Array => {
      const command = decodeNotaryCommand(entry.bytes)
      return command === null || !isTakable(command) ? refused : applied(command, entry, state)
    },
    query: (bytes: Uint8Array, state: StateView): Uint8Array => {
      const query = decodeNotaryQuery(bytes)
      if (query === null) return noQuery
      const head = readHead(state)
      const view = head === null ? genesis : state
      const known = head ?? readHead(genesis)
      assert(known !== null, 'a chain that begins has a head')
      return new Queries({ view, head: known, sha256, memo, searched, nodes }).answer(query)
    },
  }

  function applied(command: NotaryCommand, entry: Command, state: StateTx): Uint8Array {
    const head = beginChain(state, sha256)
    switch (command.kind) {
      case 'register': {
        const answer = registerAll({ state, sha256, head, memo, command, entry })
        sealSearchRows(state, head.size, readHead(state)?.size ?? head.size)
        return answer
      }
      case 'found':
        return found(state, command) ? done : refused
      case 'witnesses':
        setWitnesses(state, head, command)
        return done
      default:
        return unreachable(command)
    }
  }
}

function isTakable(command: NotaryCommand): boolean {
  if (command.kind === 'found') return isFounding(command)
  return command.kind === 'register' || areWitnesses(command)
}

const refused = encodeNotaryAnswer({ kind: 'refused' })
const done = encodeNotaryAnswer({ kind: 'done' })
