import { expect, it } from 'vitest'
import { Told } from './told.ts'

it('tells each who listens of each change, and of nothing else', () => {
  const told = new Told(0)
  const heard: number[] = []
  const note = (value: number) => void heard.push(value)
  const stop = told.on(note)
  told.on(note)
  told.set(0)
  expect([told.value, heard]).toEqual([0, []])
  told.set(2)
  expect([told.value, heard]).toEqual([2, [2, 2]])
  void stop()
  void stop()
  told.set(0)
  expect(heard).toEqual([2, 2, 0])
})
