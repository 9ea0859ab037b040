import { declarationOf } from '../../../shared/records/index.ts'
import {
  type Action,
  actions,
  type GovernedType,
  governedTypes,
  isUsed,
  type Matrix,
  type Scope,
  scopesOf,
} from '../../../shared/rights-matrix.ts'
import { Select } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { OfKept } from '../../replica/index.ts'
import { t } from './people-texts.ts'
import styles from './settings.module.css'

interface MatrixFieldsProps {
  label: string
  value: Matrix
  /** What holds where a cell is not given, as the first choice of the cell says it. */
  usual: (type: GovernedType, action: Action) => string
  readOnly?: boolean
  /** Of the cell alone: by the next choice the matrix may not have come back with this one. */
  onChange: (matrix: OfKept) => void
}

/** Cells without a choice are left out, so that an empty matrix says nothing: null. */
const withCell = (
  matrix: Matrix,
  type: GovernedType,
  action: Action,
  scope: Scope | null,
): Matrix | null => {
  const { [action]: _, ...others } = matrix[type] ?? {}
  const { [type]: __, ...rest } = matrix
  const row = scope === null ? others : { ...others, [action]: scope }
  const next = Object.keys(row).length > 0 ? { ...rest, [type]: row } : rest
  return Object.keys(next).length > 0 ? next : null
}

/** Rights as a table: kinds of records down, actions across (F278). */
export const MatrixFields = ({
  label,
  value,
  usual,
  readOnly = false,
  onChange,
}: MatrixFieldsProps) => (
  <div class={styles.matrixScroll}>
    <table class={styles.matrix} aria-label={label}>
      <thead>
        <tr>
          <td />
          {actions.map((action) => (
            <th key={action} scope="col">
              {t(`action.${action}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {governedTypes.map((type) => {
          const name = labelOf(declarationOf(type).label)
          return (
            <tr key={type}>
              <th scope="row">{name}</th>
              {actions.map((action) => (
                <td key={action}>
                  {isUsed(type, action) ? (
                    <Select<Scope | 'usual'>
                      aria-label={`${name}: ${t(`action.${action}`)}`}
                      disabled={readOnly}
                      value={value[type]?.[action] ?? 'usual'}
                      onValue={(chosen) => {
                        const scope = chosen === 'usual' ? null : chosen
                        onChange(
                          // By its declaration.
                          new OfKept((kept) =>
                            withCell((kept ?? {}) as Matrix, type, action, scope),
                          ),
                        )
                      }}
                      options={[
                        { value: 'usual', label: usual(type, action) },
                        ...scopesOf(type).map((scope) => ({
                          value: scope,
                          label: t(`scope.${scope}`),
                        })),
                      ]}
                    />
                  ) : (
                    <span class="meta">{t('matrix.unused')}</span>
                  )}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  </div>
)
