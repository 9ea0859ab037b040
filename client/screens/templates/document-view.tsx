/** Blocks as a sheet of paper: the same on the screen and in print. */
import { Fragment } from 'preact'
import type { Block, FilledLine, TableColumn } from '../../../shared/templates/render.ts'
import styles from './document.module.css'

export const DocumentView = ({ blocks }: { blocks: readonly Block[] }) => (
  <div class={styles.document}>
    {blocks.map((block, index) => (
      <BlockView key={index} block={block} />
    ))}
  </div>
)

const BlockView = ({ block }: { block: Block }) => {
  switch (block.kind) {
    case 'pageBreak':
      return <hr class={styles.pageBreak} />
    case 'heading':
      return block.level === 1 ? (
        <h1 class={styles.title}>
          <Lines lines={block.lines} />
        </h1>
      ) : (
        <h2 class={styles.heading}>
          <Lines lines={block.lines} />
        </h2>
      )
    case 'paragraph':
      return (
        <p class={styles.paragraph}>
          <Lines lines={block.lines} />
        </p>
      )
    case 'split':
      return (
        <div class={styles.split}>
          <span>
            <Runs line={block.left} />
          </span>
          <span>
            <Runs line={block.right} />
          </span>
        </div>
      )
    case 'item':
      return (
        <div class={styles.item} data-depth={block.depth}>
          <span>{block.marker}</span>
          <p>
            <Lines lines={block.lines} />
          </p>
        </div>
      )
    case 'table':
      return <TableView {...block} />
  }
}

interface TableProps {
  rows: readonly FilledLine[][]
  ruled: boolean
  columns?: readonly TableColumn[]
}

const TableView = ({ rows, ruled, columns }: TableProps) => {
  const count = columns?.length ?? Math.max(...rows.map((row) => row.length))
  const whole = columns?.reduce((sum, { share }) => sum + share, 0) ?? 1
  const rowOf = (row: readonly FilledLine[], Cell: 'td' | 'th') =>
    Array.from({ length: count }, (_, at) => (
      <Cell key={at} data-end={columns?.[at]?.end}>
        <Runs line={row[at] ?? []} />
      </Cell>
    ))
  const body = columns ? rows.slice(1) : rows
  return (
    <table class={styles.table} data-ruled={ruled}>
      {columns && (
        <>
          <colgroup>
            {columns.map(({ share }, at) => (
              <col key={at} style={{ width: `${(share / whole) * 100}%` }} />
            ))}
          </colgroup>
          <thead>
            <tr>{rowOf(rows[0] ?? [], 'th')}</tr>
          </thead>
        </>
      )}
      <tbody>
        {body.map((row, at) => (
          <tr key={at}>{rowOf(row, 'td')}</tr>
        ))}
      </tbody>
    </table>
  )
}

const Lines = ({ lines }: { lines: readonly FilledLine[] }) => (
  <>
    {lines.map((line, at) => (
      <Fragment key={at}>
        {at > 0 && <br />}
        <Runs line={line} />
      </Fragment>
    ))}
  </>
)

const Runs = ({ line }: { line: FilledLine }) => (
  <>
    {line.map(({ text, bold, fault }, at) => {
      const words = fault ? <mark class={styles.fault}>{text}</mark> : text
      return bold ? <b key={at}>{words}</b> : <span key={at}>{words}</span>
    })}
  </>
)
