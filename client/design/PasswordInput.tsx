import { Eye, EyeOff } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { IconButton } from './Button.tsx'
import { Input, type InputProps } from './inputs.tsx'
import styles from './PasswordInput.module.css'
import { t } from './texts.ts'

export interface PasswordInputProps extends Omit<InputProps, 'type'> {
  /** `current-password` or `new-password`, for password managers. */
  autocomplete: string
}

/** What is typed can be looked at: nobody types a long password blindly twice. */
export const PasswordInput = (props: PasswordInputProps) => {
  const [shown, setShown] = useState(false)
  return (
    <span class={styles.password}>
      <Input
        autocapitalize="off"
        spellcheck={false}
        {...props}
        type={shown ? 'text' : 'password'}
      />
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={t(shown ? 'hidePassword' : 'showPassword')}
        class={styles.eye}
        onClick={() => setShown(!shown)}
      />
    </span>
  )
}
