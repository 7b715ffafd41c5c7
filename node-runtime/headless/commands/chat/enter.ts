import type { ChatSession, DeskChatStatus } from '#contract/worker/chat-calls'
import type { ControlClient } from '#host/control-client'
import { fail, ok, type Result } from '#kit/result'
import type { Surroundings, Words } from '../../command.ts'
import type { InputLines } from '../../input-lines.ts'

/** Who talks here: a user who is signed in at the desk already, or one who signs in or up now. */
export async function enter(
  line: ControlClient,
  named: Words['named'],
  lines: InputLines,
  { terminal, env }: Surroundings,
): Promise<Result<ChatSession>> {
  const status = await line.call('chat.status', {})
  if (!status.ok) return status
  const { sessions, abilities } = status.value
  const user = userOf(named.user, sessions, env)
  if (user === null) return fail('bad-request', terminal.words.chat.whichUser(sessions.map((one) => one.user)))
  const here = sessions.find((one) => one.user === user && one.isSignedIn)
  if (here !== undefined && named.new !== true) return ok(here)
  const isAsked = abilities.hasAccounts
  const typed = isAsked ? await lines.secret(() => terminal.say(terminal.words.chat.askPassword(user))) : ''
  const credentials = { user, password: typed ?? '' }
  return line.call(named.new === true ? 'chat.signUp' : 'chat.signIn', credentials)
}

/** The one who was named; else the only one who is here; else whoever sits at this machine. */
function userOf(
  named: unknown,
  sessions: DeskChatStatus['sessions'],
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  if (typeof named === 'string' && named !== '') return named
  const [first, ...others] = sessions
  if (first !== undefined) return others.length === 0 ? first.user : null
  return env.USER ?? env.USERNAME ?? null
}
