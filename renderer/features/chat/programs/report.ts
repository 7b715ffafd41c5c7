import type { ChatForeign } from '#contract/window/chat'
import type { ForeignEvent } from '#contract/worker/chat'
import type { Speech } from '../../../i18n/use-words.ts'
import { isConformanceName } from './rules.ts'
import { countsOf, isBroken } from './summary.ts'

interface ReportParts {
  readonly events: readonly ForeignEvent[]
  readonly addresses: ChatForeign['addresses']
  readonly atMs: number
}

/** Broken messages written out in full; past these the counts must do. */
export const brokenInReportMax = 200

/** What a student keeps, and hands in: Markdown, in the language of the window. */
export function reportOf({ events, addresses, atMs }: ReportParts, { t, format }: Speech): string {
  const broken = events.filter(isBroken)
  const lines = [
    `# ${t('chat.programs.report.title')}`,
    '',
    t('chat.programs.report.at', { time: format.moment(atMs) }),
    t('chat.programs.report.counts', { events: format.number(events.length), broken: format.number(broken.length) }),
    '',
    `## ${t('chat.programs.addresses')}`,
    '',
    ...addresses.map(({ name, address }) => `- ${name}: \`${address}\``),
    '',
    `## ${t('chat.programs.rulesTitle')}`,
    '',
    `| ${t('chat.programs.columns.rule')} | ${t('chat.programs.kept')} | ${t('chat.programs.broken')} |`,
    '| --- | ---: | ---: |',
    ...countsOf(events).map(
      ({ rule, kept, broken: not }) => `| ${cell(t(`chat.programs.rules.${rule}.name`))} | ${kept} | ${not} |`,
    ),
    '',
    `## ${t('chat.programs.report.brokenTitle')}`,
    '',
    ...(broken.length === 0 ? [t('chat.programs.report.nothingBroken'), ''] : []),
    ...broken.slice(-brokenInReportMax).flatMap((event) => brokenLines(event, { t, format })),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

function brokenLines(event: ForeignEvent, { t, format }: Pick<Speech, 't' | 'format'>): readonly string[] {
  return [
    `### ${format.clockExact(event.wallMs)} · ${oneLine(event.service) || '?'} · ${oneLine(event.from)}`,
    '',
    ...event.rules
      .filter(({ isKept }) => !isKept)
      .map(({ rule, detail }) => {
        const words = isConformanceName(rule) ? t(`chat.programs.rules.${rule}.broken`) : rule
        return `- ${words}${detail === '' ? '' : ` (${oneLine(detail)})`}`
      }),
    '',
    ...fenced(event.payload),
    ...(event.answer === null ? [] : [t('chat.programs.answer'), '', ...fenced(event.answer)]),
  ]
}

/** What a stranger sent stays inside its fence, whatever is in it. */
function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, text, fence, '']
}

function oneLine(text: string): string {
  return text.replace(/[\r\n`|#<>]+/g, ' ').trim()
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
