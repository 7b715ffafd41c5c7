import type { SpotlightActionData, SpotlightActionGroupData, SpotlightFilterFunction } from '@mantine/spotlight'

/** Every word that was typed must occur; accents and case do not count, so that "configuracoes" finds its place. */
export const matching: SpotlightFilterFunction = (query, groups) => {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return groups.flatMap((group): SpotlightActionGroupData[] => {
    if (!('actions' in group)) return []
    const actions = group.actions.filter((action) => words.every((word) => searched(action).includes(word)))
    return actions.length === 0 ? [] : [{ ...group, actions }]
  })
}

function searched({ label, description, keywords }: SpotlightActionData): string {
  return plain([label, description, keywords].flat().join(' '))
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim()
}
