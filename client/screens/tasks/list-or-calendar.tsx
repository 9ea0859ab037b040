/** The two ways of looking at one's tasks: by their list, by their time. */
import { useLocation } from 'wouter-preact'
import { Choice } from '../../design/index.ts'
import { t } from './texts.ts'

export const ListOrCalendar = ({ value }: { value: 'list' | 'calendar' }) => {
  const [, navigate] = useLocation()
  return (
    <Choice
      label={t('look')}
      value={value}
      onValue={(look) => navigate(look === 'list' ? '/tasks' : '/tasks/calendar')}
      options={[
        { value: 'list', label: t('look.list') },
        { value: 'calendar', label: t('look.calendar') },
      ]}
    />
  )
}
