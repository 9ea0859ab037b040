/** What is done with all ticked templates at once (F315). */
import { Eye, EyeOff, Trash2, X } from 'lucide-preact'
import type { Patch } from '../../../shared/records/change.ts'
import { Button, IconButton, showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type BulkChange, undone, writeInBulk } from '../../lists/bulk.ts'
import styles from '../../lists/lists.module.css'
import { t as listTexts } from '../../lists/texts.ts'
import type { Replica } from '../../replica/index.ts'
import type { Template } from './queries.ts'
import bar from './template-bar.module.css'
import { t } from './texts.ts'

interface TemplateBarProps {
  templates: readonly Template[]
  total: number
  replica: Replica
  onAll: () => void
  onNone: () => void
}

export const TemplateBar = ({ templates, total, replica, onAll, onNone }: TemplateBarProps) => {
  const write = async (changes: readonly BulkChange[]) => {
    const { done, refused } = await writeInBulk(replica, 'template', changes)
    for (const [reason, count] of refused)
      showToast({
        text: listTexts('group.refused', { count, reason: reasonText(reason) }),
        stays: true,
      })
    return done
  }
  const run = async (some: readonly Template[], patch: Patch, back: Patch) => {
    const done = await write(some.map(({ id }) => ({ id, patch, undo: back })))
    if (done.length === 0) return
    onNone()
    showToast({
      text: listTexts('deletedAt' in patch ? 'group.deleted' : 'group.changed', {
        count: done.length,
      }),
      undo: () => void write(undone(done)),
    })
  }
  const [off, used] = [templates.filter((each) => each.off), templates.filter((each) => !each.off)]
  return (
    <div
      class={`${styles.groupBar} ${bar.bar}`}
      role="toolbar"
      aria-label={listTexts('group.label')}
    >
      <IconButton icon={X} label={listTexts('group.none')} onClick={onNone} />
      <span class={styles.groupCount} role="status">
        {listTexts('group.count', { count: templates.length })}
      </span>
      {templates.length < total && (
        <Button kind="quiet" onClick={onAll}>
          {listTexts('group.all')}
        </Button>
      )}
      <span class={styles.groupActions}>
        {off.length > 0 && (
          <Button icon={Eye} onClick={() => run(off, { off: null }, { off: true })}>
            {t('turnOn')}
          </Button>
        )}
        {used.length > 0 && (
          <Button icon={EyeOff} onClick={() => run(used, { off: true }, { off: null })}>
            {t('turnOff')}
          </Button>
        )}
        <Button
          icon={Trash2}
          kind="danger"
          onClick={() =>
            run(
              templates,
              { deletedAt: Date.now(), deletedBy: replica.session.user.id },
              { deletedAt: null, deletedBy: null },
            )
          }
        >
          {t('delete')}
        </Button>
      </span>
    </div>
  )
}
