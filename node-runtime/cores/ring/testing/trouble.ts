import { Random } from '#kit/random'
import { Room, timing } from './room.ts'

/** Peers come, go, die, stall and are cut off as the seed has it; then there is calm, and one ring is owed. */
export function trouble(seed: string): Room {
  const random = new Random(seed)
  const room = new Room(seed)
  const count = 3 + random.below(6)
  const names = Array.from({ length: count }, (_, index) => `p${index + 1}`)
  const paused = new Set<string>()
  for (const name of names) {
    room.start(name)
    room.pass(random.below(timing.seekTicks))
  }
  const lossPercent = random.pick([0, 0, 5, 20])
  const delayTicksMax = random.pick([0, 0, 1, 4])
  room.delayTicks = () => random.below(delayTicksMax + 1)
  room.through = () => !random.chance(lossPercent, 100)
  for (let event = 0; event < 12; event += 1) {
    const there = room.names.filter((name) => !paused.has(name))
    const name = random.pick(names)
    if (!room.names.includes(name)) room.start(name)
    else if (there.includes(name)) happen(room, { random, name, names, paused })
    room.pass(random.below(random.pick([2, 10, 40])))
    if (random.chance(1, 3)) room.heal()
    if (random.chance(1, 2) && room.names.length > 0) room.say(random.pick(room.names), `at event ${event}`)
    for (const late of paused) if (random.chance(1, 2) && paused.delete(late)) room.resume(late)
  }
  room.through = () => true
  room.delayTicks = () => 0
  room.heal()
  for (const late of paused) room.resume(late)
  if (room.names.length === 0) room.start('p1')
  return room
}

interface Moment {
  readonly random: Random
  readonly name: string
  readonly names: readonly string[]
  readonly paused: Set<string>
}

function happen(room: Room, { random, name, names, paused }: Moment): void {
  switch (random.below(6)) {
    case 0:
      return room.kill(name)
    case 1:
      room.kill(name)
      return room.start(name)
    case 2:
      room.pause(name)
      return void paused.add(name)
    case 3: {
      const side = names.filter(() => random.chance(1, 2))
      return room.cut(
        side,
        names.filter((other) => !side.includes(other)),
      )
    }
    case 4:
      return void room.step(name, { kind: 'leave' })
    default:
      return void room.step(name, { kind: 'elect' })
  }
}
