import { chosenLeads } from '../../properties/chosen/chosen-leads.ts'
import type { ChosenBug } from './chosen-bug.ts'

export const deafToWishes: ChosenBug = {
  name: 'deaf-to-wishes',
  property: chosenLeads.name,
  parts: { makeWisher: (core) => core },
}
