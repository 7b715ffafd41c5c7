import { Electing } from '#cores/ring/electing'
import { Leading } from '#cores/ring/leading'
import { Standing } from '#cores/ring/standing'
import { History } from '#cores/ring/talk/history'
import { comparePlaces } from '#cores/ring/talk/order'
import { drawLife } from '#cores/ring/uuid'
import { Watching } from '#cores/ring/watching'
import { Random } from '#kit/random'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { goneIsSilent } from '../../properties/ring/gone-is-silent.ts'
import { historiesEqual, nothingIsLost } from '../../properties/ring/histories-equal.ts'
import { oneListPerStamp } from '../../properties/ring/one-list.ts'
import { oneRing } from '../../properties/ring/one-ring.ts'
import { nobodyInvents, onceAndInOrder } from '../../properties/ring/right-histories.ts'
import { noOwnAssertion } from '../../run.ts'
import { RingProgram } from '../../subjects/ring/program.ts'
import type { RingMachine } from '../../subjects/ring/words.ts'
import { method, type Replacement } from '../raft/replaced.ts'
import {
  Braggart,
  Divider,
  Ghost,
  Gossip,
  Grudge,
  Hasty,
  Incurious,
  Sloppy,
  Touchy,
  Usurper,
} from './spoilt-machines.ts'

export interface RingBug {
  readonly name: string
  readonly property: string
  readonly spoil: (right: RingMachine) => RingMachine
  readonly rules: readonly Replacement[]
}

export const ringBugs: readonly RingBug[] = [
  spoilt('quotes-loosely', nobodyInvents.name, (right) => new Gossip(right)),
  spoilt('takes-the-credit', nobodyComplains.name, (right) => new Braggart(right)),
  spoilt('never-catches-up', historiesEqual.name, (right) => new Incurious(right)),
  spoilt('asserts-on-a-peer', noOwnAssertion, (right) => new Touchy(right)),
  spoilt('tells-as-it-hears', onceAndInOrder.name, (right) => new Hasty(right)),
  // Each of these shows in those worlds alone that hold what it is about: refusals, leaving, wished elections, small limits.
  spoilt('never-forgives-a-refusal', oneRing.name, (right) => new Grudge(right)),
  spoilt('leaves-but-goes-on', goneIsSilent.name, (right) => new Ghost(right)),
  spoilt('takes-over-in-two-ways', oneListPerStamp.name, (right) => new Divider(right)),
  spoilt('leads-when-asked', oneRing.name, (right) => new Usurper(right)),
  spoilt('tells-a-part-for-all', historiesEqual.name, (right) => new Sloppy(right)),
  ruled('takes-nothing-when-full', historiesEqual.name, [
    method(
      History,
      'add',
      (right) =>
        function (this: History, record) {
          return this.size >= 60 ? { kind: 'too-old' } : right.call(this, record)
        },
    ),
  ]),
  ruled('meets-no-other-ring', oneRing.name, [method(Leading, 'met', () => () => undefined)]),
  ruled('swallows-tokens', oneRing.name, [method(Electing, 'receive', () => () => undefined)]),
  ruled('trusts-the-dead', oneRing.name, [method(Watching, 'tick', () => () => undefined)]),
  ruled('changes-uncounted', oneListPerStamp.name, [
    method(
      Standing,
      'become',
      (right) =>
        function (this: Standing, view) {
          const isOwnChange = view.leader === this.config.id && this.leads && view.term === this.view?.term
          right.call(this, isOwnChange ? { ...view, version: this.view?.version ?? 1 } : view)
        },
    ),
  ]),
  ruled('comes-back-as-who-it-was', oneListPerStamp.name, [
    method(
      RingProgram,
      'beginLife',
      () =>
        function (this: RingProgram) {
          return drawLife(new Random(this.node), 1)
        },
    ),
  ]),
  ruled('drops-what-comes-late', nothingIsLost.name, [
    method(
      History,
      'add',
      (right) =>
        function (this: History, record) {
          const { shownUpTo } = this
          if (shownUpTo !== null && comparePlaces(record, shownUpTo) < 0) return { kind: 'too-old' }
          return right.call(this, record)
        },
    ),
  ]),
]

function spoilt(name: string, property: string, spoil: RingBug['spoil']): RingBug {
  return { name, property, spoil, rules: [] }
}

function ruled(name: string, property: string, rules: readonly Replacement[]): RingBug {
  return { name, property, spoil: (right) => right, rules }
}
