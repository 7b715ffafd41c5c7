import type { Command } from '../command.ts'
import { certificate } from './notary/certificate.ts'
import { chain } from './notary/chain.ts'
import { examine } from './notary/examine.ts'
import { list } from './notary/list.ts'
import { receipt } from './notary/receipt.ts'
import { register } from './notary/register.ts'
import { repair } from './notary/repair.ts'
import { status } from './notary/status.ts'
import { tamper } from './notary/tamper.ts'
import { verify } from './notary/verify.ts'

const verbs = { register, status, list, receipt, certificate, chain, examine, tamper, repair, verify } as const
const all: readonly Command[] = Object.values(verbs)

/** One word for the system, the next for what is done with it. */
export const notary: Command = {
  options: Object.assign({}, ...all.map(({ options }) => options)),
  run({ plain, named }, around) {
    const [word, ...rest] = plain
    const verb = isVerb(word) ? verbs[word] : null
    const foreign = verb === null ? undefined : Object.keys(named).find((name) => isOfAnother(name, verb))
    if (verb === null || foreign !== undefined) {
      const asked = [word, foreign === undefined ? undefined : `--${foreign}`].filter((part) => part !== undefined)
      return Promise.resolve(around.terminal.misunderstand(`notary ${asked.join(' ')}?`))
    }
    return verb.run({ plain: rest, named }, around)
  },
}

function isVerb(word: string | undefined): word is keyof typeof verbs {
  return word !== undefined && Object.hasOwn(verbs, word)
}

/** The options of all verbs were read together; one that another verb has is a slip all the same. */
function isOfAnother(name: string, verb: Command): boolean {
  return !Object.hasOwn(verb.options, name) && all.some(({ options }) => Object.hasOwn(options, name))
}
