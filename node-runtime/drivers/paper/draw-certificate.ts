import { createHash } from 'node:crypto'
import { AFRelationship, PDFDocument } from 'pdf-lib'
import { encodeText } from '#kit/bytes'
import { type CertificateFacts, type CertificateOrder, type PaperLanguage, paperLimits } from '#ports/paper'
import { drawMark } from './mark.ts'
import { type Block, colours, openFonts, Pen, sheet } from './pen.ts'
import { drawPicture, type Picture, pictureOf } from './picture.ts'
import { grouped, momentOf, type Words, wordsOf } from './words.ts'

export const attachmentName = 'receipt.tlog-proof'

const { margin } = sheet
const full = sheet.width - 2 * margin
const labelWidth = 112
const pictureSide = 286
const gap = 22
const footHeight = 26

/** A4. Nothing in it comes from chance or from today, so that the same order makes the same bytes. */
export async function drawCertificate({ facts, receipt, language }: CertificateOrder): Promise<Uint8Array> {
  const words = wordsOf[language]
  const receiptBytes = encodeText(receipt)
  const document = await newDocument(facts, { language, title: words.title })
  const pen = new Pen(document, await openFonts(document))
  drawHead(pen, words, { facts, language })
  drawFacts(pen, words, { facts, language })
  drawCheck(pen, words, {
    picture: pictureOf(receiptBytes),
    caption: words.picture(grouped(receiptBytes.length, language)),
  })
  drawFeet(pen, document, words)
  await document.attach(receiptBytes, attachmentName, {
    mimeType: 'text/plain',
    description: words.title,
    afRelationship: AFRelationship.Data,
    ...fileDates(facts),
  })
  return document.save({ objectsPerTick: Number.POSITIVE_INFINITY, updateFieldAppearances: false })
}

interface Shown {
  readonly facts: CertificateFacts
  readonly language: PaperLanguage
}

async function newDocument(
  facts: CertificateFacts,
  { language, title }: { readonly language: PaperLanguage; readonly title: string },
): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setTitle(`${title}: ${facts.title}`, { showInWindowTitleBar: true })
  document.setLanguage(language)
  document.setCreator('Colmeia')
  const { creationDate } = fileDates(facts)
  if (creationDate === undefined) return document
  document.setCreationDate(creationDate)
  document.setModificationDate(creationDate)
  return document
}

/** The time of the record: that of the printing would make each print another one. */
function fileDates({ atMs }: CertificateFacts): { creationDate?: Date; modificationDate?: Date } {
  const at = new Date(atMs)
  return momentOf(atMs) === null ? {} : { creationDate: at, modificationDate: at }
}

function drawHead(pen: Pen, words: Words, { facts, language }: Shown): void {
  const { plain, bold, fixed } = pen.fonts
  const left = margin + 46
  drawMark(pen.page, { left: margin, top: pen.y - 2, size: 34 })
  pen.write(words.title, { ...line(left, full - 46), font: bold, size: 11, colour: colours.accent, leading: 17 })
  const record = words.record(grouped(facts.index, language), facts.origin)
  pen.write(record, { ...line(left, full - 46), font: plain, size: 10, colour: colours.soft, linesMax: 2 })
  pen.y = Math.max(pen.y, margin + 36) + 16
  const title = facts.title.trim() === '' ? words.noTitle : facts.title
  pen.write(title, {
    ...line(margin, full),
    font: bold,
    size: 20,
    colour: colours.ink,
    leading: 25,
    linesMax: paperLimits.titleLinesMax,
  })
  if (!pen.isExact) {
    pen.y += 4
    pen.write(`${words.notWhole} ${words.titleHash}`, { ...small(pen), linesMax: 2 })
    pen.write(sha256Of(facts.title), { ...line(margin, full), font: fixed, size: 8, colour: colours.soft })
  }
  pen.y += 12
}

function drawFacts(pen: Pen, words: Words, { facts, language }: Shown): void {
  const { labels } = words
  const moment = momentOf(facts.atMs)
  const number = (value: number): string => grouped(value, language)
  const { fixed } = pen.fonts
  const wasExact = pen.isExact
  row(pen, labels.sha256, () => pen.write(facts.sha256, { ...value(pen), font: fixed, size: 9.3 }))
  row(pen, labels.time, () => {
    pen.write(moment === null ? String(facts.atMs) : words.moment(moment), value(pen))
    const bound = facts.errorMs === null ? words.noBound : words.bound(number(facts.errorMs))
    pen.write(bound, { ...value(pen), ...smallStyle(pen), linesMax: 2 })
  })
  row(pen, labels.registrant, () =>
    pen.write(facts.registrant.trim() === '' ? '–' : facts.registrant, {
      ...value(pen),
      linesMax: paperLimits.registrantLinesMax,
    }),
  )
  row(pen, labels.leader, () => pen.write(words.led(facts.leader, number(facts.term)), value(pen)))
  row(pen, labels.checkpoint, () => pen.write(words.checkpoint(number(facts.size)), value(pen)))
  row(pen, labels.log, () => pen.write(facts.logFingerprint, { ...value(pen), font: fixed, size: 9.3, linesMax: 2 }))
  row(pen, labels.witnesses, () => drawWitnesses(pen, words, { facts, language }))
  // Below the title it has been said already, when it was the title.
  if (wasExact && !pen.isExact) pen.write(words.notWhole, { ...value(pen), ...smallStyle(pen), linesMax: 2 })
}

function drawWitnesses(pen: Pen, words: Words, { facts, language }: Shown): void {
  const { witnesses } = facts
  if (witnesses.length === 0) pen.write(words.noWitnesses, value(pen))
  for (const { name, fingerprint } of witnesses.slice(0, paperLimits.witnessesMax)) {
    pen.write(name, value(pen))
    pen.write(fingerprint, { ...value(pen), font: pen.fonts.fixed, size: 8, colour: colours.soft })
    pen.y += 3
  }
  const more = witnesses.length - paperLimits.witnessesMax
  if (more > 0) pen.write(words.moreWitnesses(grouped(more, language)), value(pen))
  pen.write(words.oneOwner, { ...value(pen), ...smallStyle(pen), linesMax: 2 })
}

/** Drawn below the label's line: whatever a row holds begins beside its label. */
function row(pen: Pen, label: string, drawValue: () => void): void {
  pen.rule(margin, full)
  pen.y += 6
  const top = pen.y
  pen.write(label, { ...small(pen), width: labelWidth - 8, linesMax: 2, leading: 12.5 })
  pen.y = top
  drawValue()
  pen.y += 4
}

function drawCheck(pen: Pen, words: Words, { picture, caption }: { picture: Picture; caption: string }): void {
  pen.rule(margin, full)
  pen.y += 14
  if (!pen.hasRoomFor(pictureSide + footHeight)) pen.newPage()
  const top = pen.y
  const left = margin + pictureSide + gap
  const column = { left, width: sheet.width - margin - left, linesMax: 9 }
  drawPicture(pen.page, picture, { left: margin, bottom: sheet.height - top - pictureSide, side: pictureSide })
  pen.write(words.howToCheck, { ...column, font: pen.fonts.bold, size: 11, colour: colours.accent, leading: 19 })
  words.steps.forEach((step, index) => {
    const start = pen.y
    pen.write(`${index + 1}`, { ...column, font: pen.fonts.bold, size: 8.5, colour: colours.accent })
    pen.y = start
    pen.write(step, { ...column, ...smallStyle(pen), left: left + 14, width: column.width - 14 })
    pen.y += 6
  })
  pen.y += 2
  pen.write(caption, { ...column, ...smallStyle(pen) })
  pen.y = Math.max(pen.y, top + pictureSide)
}

function drawFeet(pen: Pen, document: PDFDocument, words: Words): void {
  const pages = document.getPages()
  pages.forEach((page, index) => {
    const size = 8
    const y = margin - 24
    const { plain: font } = pen.fonts
    page.drawText(words.foot, { x: margin, y, font, size, color: colours.soft })
    if (pages.length === 1) return
    const number = words.page(index + 1, pages.length)
    const x = sheet.width - margin - font.widthOfTextAtSize(number, size)
    page.drawText(number, { x, y, font, size, color: colours.soft })
  })
}

function line(left: number, width: number): Pick<Block, 'left' | 'width' | 'linesMax'> {
  return { left, width, linesMax: 1 }
}

function value(pen: Pen): Block {
  return { ...line(margin + labelWidth, full - labelWidth), font: pen.fonts.plain, size: 10, colour: colours.ink }
}

function smallStyle(pen: Pen): Pick<Block, 'font' | 'size' | 'colour' | 'leading'> {
  return { font: pen.fonts.plain, size: 8.5, colour: colours.soft, leading: 11.5 }
}

function small(pen: Pen): Block {
  return { ...line(margin, full), ...smallStyle(pen) }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(encodeText(text)).digest('hex')
}
