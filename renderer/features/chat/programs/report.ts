import type { ChatForeignEvent } from '#contract/window/chat'
import type { Speech } from '../../../i18n/use-words.ts'
import { addressName } from './address-name.ts'
import { isConformanceName } from './rules.ts'
import { calledOf, countsOf, type Heard, isBroken, namesOf, sendersOf, shownOf, type WhoIsShown } from './summary.ts'

interface ReportParts {
  readonly heard: Heard
  /** Of these all is in it, whatever a list shows of them just now. */
  readonly who: WhoIsShown
  readonly ownBots: readonly string[]
  readonly atMs: number
}

/** Broken messages written out in full; past these the counts must do. */
export const brokenInReportMax = 200

/** What a student keeps, and hands in: Markdown, in the language of the window. */
export function reportOf({ heard, who, ownBots, atMs }: ReportParts, { t, format }: Speech): string {
  const events = shownOf(heard.events, { who, ownBots })
  const names = namesOf(heard.events)
  const broken = events.filter(isBroken)
  const left = heard.skipped + heard.forgotten
  const lines = [
    `# ${t('chat.programs.report.title')}`,
    '',
    `- ${t('chat.programs.report.at', { time: format.moment(atMs) })}`,
    `- ${t('chat.programs.report.of', { who: oneLine(whoseWords(who, heard, t)) })}`,
    `- ${t('chat.programs.report.counts', { events: format.number(events.length), broken: format.number(broken.length) })}`,
    ...(left === 0 ? [] : [`- ${t('chat.programs.report.left', { count: left })}`]),
    '',
    `## ${t('chat.programs.addresses')}`,
    '',
    ...heard.addresses.map(({ name, address }) => `- ${addressName(name, t)}: \`${address}\``),
    '',
    `## ${t('chat.programs.rulesTitle')}`,
    '',
    ...ruleLines(events, { t, format }),
    '',
    `## ${t('chat.programs.report.brokenTitle')}`,
    '',
    ...(broken.length === 0 ? [t('chat.programs.report.nothingBroken'), ''] : []),
    ...(broken.length > brokenInReportMax ? [t('chat.programs.report.newest', { count: brokenInReportMax }), ''] : []),
    ...broken.slice(-brokenInReportMax).flatMap((event) => brokenLines(event, calledOf(names, event), { t, format })),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

/** As the choice above the list says it. */
function whoseWords(who: WhoIsShown, { events }: Heard, t: Speech['t']): string {
  if (who === 'others') return t('chat.programs.others')
  return who === 'all' ? t('chat.programs.everybody') : (sendersOf(events).get(who.sender) ?? who.sender)
}

type Written = Pick<Speech, 't' | 'format'>

function ruleLines(events: readonly ChatForeignEvent[], { t, format }: Written): readonly string[] {
  return [
    `| ${t('chat.programs.columns.rule')} | ${t('chat.programs.columns.kept')} | ${t('chat.programs.columns.broken')} |`,
    '| --- | ---: | ---: |',
    ...countsOf(events).map(({ rule, kept, broken }) => {
      const name = t(`chat.programs.rules.${rule}.name`).replaceAll('|', '\\|')
      return `| ${name} | ${format.number(kept)} | ${format.number(broken)} |`
    }),
  ]
}

function brokenLines(event: ChatForeignEvent, called: string, { t, format }: Written): readonly string[] {
  const { at, dialect, codec, answer } = event
  const isAnswered = at === 'broker' || at === 'reference'
  return [
    `### ${format.clockExact(event.wallMs)} · ${oneLine(event.service) || '?'} · ${oneLine(called)}`,
    '',
    [t(`chat.programs.places.${at}`), t(`chat.programs.dialects.${dialect}`), t(`chat.programs.codecs.${codec}`)].join(
      ' · ',
    ),
    '',
    ...event.rules
      .filter(({ isKept }) => !isKept)
      .map(({ rule, detail }) => {
        const words = isConformanceName(rule) ? t(`chat.programs.rules.${rule}.broken`) : rule
        return `- ${words}${detail === '' ? '' : ` (${oneLine(detail)})`}`
      }),
    '',
    t('chat.programs.payload'),
    '',
    ...fenced(event.payload),
    ...(answer === null ? [] : [t('chat.programs.answer'), '', ...fenced(answer)]),
    ...(answer === null && isAnswered ? [t('chat.programs.noAnswer'), ''] : []),
  ]
}

/** What a stranger sent stays inside its fence, whatever is in it. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, text, fence, '']
}

/** In a line of ours: it makes none of its own, no link and no heading. */
function oneLine(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&')
    .trim()
}
