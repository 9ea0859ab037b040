/**
 * The parts every screen is made of: all of them come with the first one. What only few screens need
 * (`Sortable`, `PasswordInput`) is imported from its own file. Icons come from `lucide-preact`.
 */
export { Avatar, type AvatarProps, initialsOf } from './Avatar.tsx'
export { Badge, type BadgeProps } from './Badge.tsx'
export {
  Button,
  type ButtonKind,
  type ButtonProps,
  IconButton,
  type IconButtonProps,
  LinkButton,
  type LinkButtonProps,
} from './Button.tsx'
export { classNames } from './class-names.ts'
export { Dialog, type DialogProps } from './Dialog.tsx'
export { EmptyState, type EmptyStateProps } from './EmptyState.tsx'
export { Field, type FieldControl, type FieldProps } from './Field.tsx'
export { Icon, type IconProps } from './Icon.tsx'
export {
  Choice,
  type ChoiceProps,
  Input,
  type InputProps,
  Select,
  type SelectProps,
  Switch,
  type SwitchProps,
  Textarea,
  type TextareaProps,
} from './inputs.tsx'
export { Menu, type MenuItem, type MenuProps, type MenuTrigger } from './Menu.tsx'
export { Tabs, type TabsProps } from './Tabs.tsx'
export { showToast, type ToastContent, Toasts, undoNewest } from './Toast.tsx'
export { useOnce } from './use-once.ts'
export { VirtualList, type VirtualListHandle, type VirtualListProps } from './VirtualList.tsx'
