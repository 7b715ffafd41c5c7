import styles from './sentence.module.css'

/** The shape of a node's id: words and a number joined by hyphens. Names of nodes stand out in every sentence. */
const nodeName = /\b([a-z]+(?:-[a-z]+)*-\d+)\b/

export function Sentence({ text }: { readonly text: string }) {
  return text.split(nodeName).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order.
      <span key={index} className={styles.node}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}
