import type { ChatRow, ConversationRow, HistoryFrom } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { ok, type Result } from '#kit/result'
import type { Screen } from './screen.ts'

const perPage = 200
/** Of one conversation. Whoever missed more asks for its history. */
const rowsMax = 2_000

export interface MissedParts {
  readonly line: ControlClient
  readonly session: string
  readonly screen: Screen
}

/** What was said in a conversation and has not come to this screen, oldest first; and what is on it, as it stands now. */
export async function missedIn(
  { line, session, screen }: MissedParts,
  { id, readPlace }: ConversationRow,
): Promise<Result<readonly ChatRow[]>> {
  const last = screen.lastIn(id)
  const sinceMs = screen.known(id)?.lastAtMs ?? 0
  const isNews = ({ place, atMs }: ChatRow): boolean =>
    place !== null && (last === null ? place > (readPlace ?? '') && atMs > sinceMs : place > last)
  const rows: ChatRow[] = []
  let from: HistoryFrom = { kind: 'newest' }
  for (;;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(line, { session, conversation: id, from })
    if (!page.ok) return page
    rows.unshift(...page.value.rows)
    const [first] = page.value.rows
    const isAll = page.value.isBeginning || first?.place == null || !isNews(first) || rows.length >= rowsMax
    if (isAll) return ok(rows.filter((row) => screen.find(row.id) !== null || isNews(row)))
    from = { kind: 'before', place: first.place }
  }
}

function readPage(
  line: ControlClient,
  order: { readonly session: string; readonly conversation: string; readonly from: HistoryFrom },
) {
  return line.call('chat.history', { ...order, limit: perPage })
}
