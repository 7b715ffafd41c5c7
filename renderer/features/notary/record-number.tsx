import { NumberInput } from '@mantine/core'

interface RecordNumberProps {
  readonly label: string
  /** The lowest that is meant, and how many records there are. */
  readonly from: number
  readonly size: number
  readonly value: string | number
  readonly testId: string
  onChange(value: string | number): void
}

/** Asks for a place in the chain. */
export function RecordNumber({ label, from, size, value, testId, onChange }: RecordNumberProps) {
  return (
    <NumberInput
      size="sm"
      label={label}
      hideControls
      allowDecimal={false}
      min={from}
      max={size - 1}
      value={value}
      data-testid={testId}
      onChange={onChange}
    />
  )
}

/** Not while it is empty or half typed. */
export function isRecord(value: string | number, from: number, size: number): value is number {
  return typeof value === 'number' && value >= from && value < size
}
