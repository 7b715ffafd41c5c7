import { createSpotlight, Spotlight } from '@mantine/spotlight'
import '@mantine/spotlight/styles.layer.css'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useHands, useTopology, useUi } from '../../stores/context.tsx'
import { matching } from './palette-filter.ts'
import { paletteGroups } from './palette-groups.ts'

const [store, spotlight] = createSpotlight()

/** Everything that can be done, by its name. It is in the page only while it is open, so that it costs nothing closed. */
export function Palette() {
  const speech = useWords()
  const { stores, actions, chat, shop } = useHands()
  const query = useUi((state) => state.paletteQuery)
  // The list changes when a node starts or stops, not with each of its reports.
  const states = useTopology(({ snapshot }) =>
    JSON.stringify(snapshot?.clusters.map(({ id, state, nodes }) => [id, state, nodes.map((node) => node.state.kind)])),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `states` says when the snapshot, read once here, is another.
  const groups = useMemo(() => {
    const { snapshot } = stores.topology.getState()
    return paletteGroups({ speech, actions, snapshot, ui: stores.ui, chat, shop, query })
  }, [speech, actions, stores, states, chat, shop, query])
  useEffect(() => spotlight.open(), [])
  // What was typed before the field had the focus must choose as well: Enter takes the first that matches.
  const isHasty = useUi((state) => state.isPaletteHasty)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another first match.
  useEffect(() => {
    let frame = requestAnimationFrame(function choose() {
      const first = chooseFirst()
      if (first === null) frame = requestAnimationFrame(choose)
      else if (isHasty) first.click()
    })
    return () => cancelAnimationFrame(frame)
  }, [query, isHasty])
  return (
    <Spotlight
      store={store}
      actions={[...groups]}
      filter={matching}
      query={query}
      onQueryChange={(paletteQuery) => stores.ui.setState({ paletteQuery, isPaletteHasty: false })}
      // Opened by the window's own key handler, which also keeps what is typed before the field is there.
      shortcut={null}
      // The dialog takes its name from its title, which only a screen reader needs.
      title={speech.t('frame.commands')}
      classNames={{ header: 'hidden-visually' }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      scrollable
      maxHeight={440}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      nothingFound={speech.t('frame.palette.empty')}
      onSpotlightClose={() =>
        stores.ui.setState((state) => ({
          open: state.open === 'palette' ? null : state.open,
          paletteQuery: '',
          isPaletteHasty: false,
        }))
      }
      searchProps={{
        leftSection: <IconSearch size={18} aria-hidden="true" />,
        placeholder: speech.t('frame.palette.search'),
        'aria-label': speech.t('frame.palette.search'),
      }}
    />
  )
}

/**
 * The library marks the chosen command in the page itself, and chooses only when its own field is typed into.
 * null: there is no list yet, or nothing matches.
 */
function chooseFirst(): HTMLElement | null {
  const list = document.getElementById(store.getState().listId)
  const chosen = list?.querySelector<HTMLElement>('[data-selected]')
  if (chosen) return chosen
  const first = list?.querySelector<HTMLElement>('[data-action]') ?? null
  if (first === null) return null
  first.setAttribute('data-selected', 'true')
  store.setState({ ...store.getState(), selected: 0 })
  return first
}
