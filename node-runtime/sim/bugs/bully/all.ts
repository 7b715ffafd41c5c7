import { BullyCore } from '#cores/election/bully'
import type { BullyConfig } from '#cores/election/messages'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { agreeOnBestName } from '../../properties/choice/agree-on-best.ts'
import { asksEverybodyName } from '../../properties/choice/asks-everybody.ts'
import { followsBetterOnlyName } from '../../properties/choice/follows-better-only.ts'
import { waitsAfterBetterName } from '../../properties/choice/waits-after-better.ts'
import { noOwnAssertion } from '../../run.ts'
import type { BullyMachine } from '../../subjects/bully-program.ts'
import { AsksOne } from '../choice/asks-one.ts'
import { Bows } from '../choice/bows.ts'
import { Deaf } from '../choice/deaf.ts'
import { Faithful } from '../choice/faithful.ts'
import { Shy } from '../choice/shy.ts'
import { Touchy } from '../choice/touchy.ts'
import { AsksDownwards } from './asks-downwards.ts'

interface BullyBug {
  readonly name: string
  readonly property: string
  readonly machine: (config: BullyConfig) => BullyMachine
}

export const bullyBugs: readonly BullyBug[] = [
  bug('ignores-answers', waitsAfterBetterName, (core) => new Deaf(core, 'answer')),
  bug('asks-one-only', asksEverybodyName, (core) => new AsksOne(core)),
  bug('bows-to-a-lower-one', followsBetterOnlyName, (core) => new Bows(core)),
  bug('trusts-the-dead', agreeOnBestName, (core) => new Faithful(core, { kind: 'coordinator' })),
  bug('comes-back-quietly', agreeOnBestName, (core) => new Shy(core)),
  bug('asserts-on-a-peer', noOwnAssertion, (core) => new Touchy(core)),
  bug('asks-downwards', nobodyComplains.name, (core) => new AsksDownwards(core)),
]

function bug(name: string, property: string, spoil: (core: BullyMachine) => BullyMachine): BullyBug {
  return { name, property, machine: (config) => spoil(new BullyCore(config)) }
}
