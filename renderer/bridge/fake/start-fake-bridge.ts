import { guessedSettings } from '../../stores/settings.ts'
import { FakeBridge } from './fake-bridge.ts'
import { FakeChat } from './fake-chat.ts'
import { FakeLab } from './fake-lab.ts'
import { FakeRing, fakeRingScenes } from './fake-ring.ts'

/** `?fake&language=en&theme=dark` draws the window as wanted, over a lab that goes on by itself. */
export function startFakeBridge(search: string): FakeBridge {
  const wanted = new URLSearchParams(search)
  const lab = new FakeLab(Date.now() - 30_000)
  const guessed = guessedSettings(wanted.get('language') ?? navigator.language)
  const theme = wanted.get('theme') === 'dark' ? 'dark' : 'light'
  const scene = fakeRingScenes.find((one) => one === wanted.get('ring')) ?? 'whole'
  const ring = new FakeRing({ messages: Number(wanted.get('messages') ?? 12), scene, nowMs: Date.now() })
  const chat = new FakeChat({
    messages: Number(wanted.get('messages') ?? 12),
    nowMs: Date.now(),
    profile: wanted.get('profile') === 'everyone' ? 'everyone' : 'leader',
  })
  const bridge = new FakeBridge(
    lab,
    { ...guessed, theme },
    { records: Number(wanted.get('records') ?? 40), ring, chat },
  )
  if (!wanted.has('stopped')) lab.startAll()
  lab.advance(30_000)
  if (wanted.has('kill')) lab.inject({ kind: 'kill', node: lab.nodes[0]?.id as never }, 20_000) // design work only
  if (wanted.has('skew')) lab.inject({ kind: 'skew', node: lab.nodes[1]?.id as never, ms: 60_000 }, null) // the same
  const lost = lab.nodes.filter(({ leadership }) => leadership !== 'leader').slice(0, Number(wanted.get('lost') ?? 0))
  for (const { id } of lost) lab.loseDisk(id)
  window.setInterval(() => {
    lab.advance(200)
    bridge.publish()
  }, 200)
  Object.assign(window, { fakeLab: lab, fakeBridge: bridge })
  return bridge
}
