import type { RankConfig } from '#cores/election/messages'
import { RankCore } from '#cores/election/rank'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { agreeOnBestName } from '../../properties/choice/agree-on-best.ts'
import { asksEverybodyName } from '../../properties/choice/asks-everybody.ts'
import { followsBetterOnlyName } from '../../properties/choice/follows-better-only.ts'
import { waitsAfterBetterName } from '../../properties/choice/waits-after-better.ts'
import { noOwnAssertion } from '../../run.ts'
import type { RankMachine } from '../../subjects/rank-program.ts'
import { AsksOne } from '../choice/asks-one.ts'
import { Bows } from '../choice/bows.ts'
import { Deaf } from '../choice/deaf.ts'
import { Faithful } from '../choice/faithful.ts'
import { Touchy } from '../choice/touchy.ts'
import { FirstListOnly } from './first-list-only.ts'
import { SpeaksBully } from './speaks-bully.ts'

interface RankBug {
  readonly name: string
  readonly property: string
  readonly machine: (config: RankConfig) => RankMachine
}

export const rankBugs: readonly RankBug[] = [
  bug('ignores-ok', waitsAfterBetterName, (core) => new Deaf(core, 'ok')),
  bug('asks-one-only', asksEverybodyName, (core) => new AsksOne(core)),
  bug('bows-to-a-larger-rank', followsBetterOnlyName, (core) => new Bows(core)),
  bug('trusts-the-dead', agreeOnBestName, (core) => new Faithful(core, { kind: 'coordinator' })),
  bug('forgets-newcomers', agreeOnBestName, (core) => new FirstListOnly(core)),
  bug('asserts-on-a-peer', noOwnAssertion, (core) => new Touchy(core)),
  bug('speaks-bully', nobodyComplains.name, (core) => new SpeaksBully(core)),
]

function bug(name: string, property: string, spoil: (core: RankMachine) => RankMachine): RankBug {
  return { name, property, machine: (config) => spoil(new RankCore(config)) }
}
