import { Logs } from '#cores/chat/everyone/logs'
import { Sorted } from '#cores/chat/everyone/sorted'
import { Waiting } from '#cores/chat/everyone/waiting'
import { LamportClock } from '#cores/clocks/lamport'
import { Random } from '#kit/random'
import { nobodyComplains } from '../../properties/any/nobody-complains.ts'
import { acknowledgedStands } from '../../properties/everyone/acknowledged-stands.ts'
import { alike, everybodyIsAnswered } from '../../properties/everyone/alike.ts'
import { clocksRise } from '../../properties/everyone/clocks-rise.ts'
import { nobodyInvents } from '../../properties/everyone/nobody-invents.ts'
import { numbersOnce } from '../../properties/everyone/numbers-once.ts'
import { onceAndInOrder } from '../../properties/everyone/once-and-in-order.ts'
import { noOwnAssertion } from '../../run.ts'
import { EveryoneProgram } from '../../subjects/everyone/program.ts'
import type { EveryoneMachine } from '../../subjects/everyone/words.ts'
import { method, type Replacement } from '../raft/replaced.ts'
import { Christener, Gossip, Incurious, Renumberer, Touchy } from './spoilt-machines.ts'

export interface EveryoneBug {
  readonly name: string
  readonly property: string
  readonly spoil: (right: EveryoneMachine) => EveryoneMachine
  readonly rules: readonly Replacement[]
}

export const everyoneBugs: readonly EveryoneBug[] = [
  spoilt('never-compares', alike.name, (right) => new Incurious(right)),
  spoilt('quotes-loosely', nobodyInvents.name, (right) => new Gossip(right)),
  spoilt('closes-gaps-by-counting', nobodyComplains.name, (right) => new Renumberer(right)),
  spoilt('names-foreign-things-itself', onceAndInOrder.name, (right) => new Christener(right)),
  spoilt('asserts-on-a-peer', noOwnAssertion, (right) => new Touchy(right)),
  ruled('tells-as-it-hears', onceAndInOrder.name, [
    method(
      Sorted,
      'before',
      () =>
        function (this: Sorted<never>) {
          return this.items.length
        },
    ),
  ]),
  ruled('answers-before-it-writes', acknowledgedStands.name, [
    method(
      EveryoneProgram,
      'perform',
      () =>
        function (this: EveryoneProgram, output) {
          this.answer(output)
          this.save(output)
          this.send(output)
        },
    ),
  ]),
  ruled('counts-from-one-in-each-life', clocksRise.name, [method(LamportClock, 'onReceive', () => () => undefined)]),
  ruled('numbers-twice-after-a-loss', numbersOnce.name, [
    method(EveryoneProgram, 'coreRandom', () => () => new Random('the same in each life')),
  ]),
  ruled('goes-on-where-its-disk-ends', numbersOnce.name, [
    method(Logs, 'isNew', () => () => true),
    method(EveryoneProgram, 'coreRandom', () => () => new Random('the same in each life')),
  ]),
  ruled('forgets-who-waits', everybodyIsAnswered.name, [method(Waiting, 'settle', () => () => [])]),
]

function spoilt(name: string, property: string, spoil: EveryoneBug['spoil']): EveryoneBug {
  return { name, property, spoil, rules: [] }
}

function ruled(name: string, property: string, rules: readonly Replacement[]): EveryoneBug {
  return { name, property, spoil: (right) => right, rules }
}
